/**
 * The job: {@link org.layerj.decompose.DecomposeOptions options} in, {@link org.layerj.common.Progress progress and
 * cancelling} on the way, {@link org.layerj.decompose.Decomposition layers and a record of the run} out.
 */
package org.layerj.decompose;
