/**
 * Many pictures: {@link org.layerj.cluster.Pictures which}, {@link org.layerj.cluster.Shard whose part},
 * {@link org.layerj.cluster.Batch one after the other}, whoever shares them out.
 */
package org.layerj.cluster;
