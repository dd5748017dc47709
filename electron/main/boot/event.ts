// An event created before its emitter and its listeners, so that the steps of boot do not depend on each other's
// order.

export type Event<Value> = {
  emit: (value: Value) => void;
  /** Calls `listener` each time, in the order in which listeners were added. */
  on: (listener: (value: Value) => void) => void;
};

/** An error of a listener is thrown by `emit`, and later listeners are not called. */
export function createEvent<Value = void>(): Event<Value> {
  const listeners: ((value: Value) => void)[] = [];
  return {
    emit(value) {
      for (const listener of listeners) listener(value);
    },
    on(listener) {
      listeners.push(listener);
    },
  };
}
