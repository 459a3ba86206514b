package org.layerj.torch;

import java.nio.file.Path;

/**
 * The build of PyTorch for graphics cards that fits this program and this computer.
 *
 * @param version for example {@code 2.7.1}
 * @param flavor for example {@code cu128}
 * @param classifier of the platform, for example {@code linux-x86_64}
 * @param folder where it is looked for in DJL's cache; need not exist
 */
public record CudaTarget(String version, String flavor, String classifier, Path folder) {}
