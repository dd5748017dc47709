// Finds the Vulkan loader, without which a Vulkan build does not start.
import path from 'node:path';

export type VulkanPlaces = {
  platform: NodeJS.Platform;
  arch: string;
  /** As `process.env`. */
  variables: Readonly<Record<string, string | undefined>>;
};

/**
 * Returns the paths at which the loader may be. On Linux they are those of the large distributions:
 * https://vulkan.lunarg.com/doc/view/latest/windows/LoaderInterfaceArchitecture.html
 */
export function vulkanLoaders({ platform, arch, variables }: VulkanPlaces): readonly string[] {
  if (platform === 'win32') {
    const root = variables['SystemRoot'] ?? variables['SYSTEMROOT'] ?? 'C:\\Windows';
    return [path.win32.join(root, 'System32', 'vulkan-1.dll')];
  }
  if (platform !== 'linux') return [];
  const triplet = arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';
  const folders = [
    `/usr/lib/${triplet}`,
    '/usr/lib64',
    '/usr/lib',
    '/usr/local/lib',
    '/run/opengl-driver/lib',
  ];
  return folders.map((folder) => `${folder}/libvulkan.so.1`);
}
