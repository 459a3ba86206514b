/**
 * The exact colour solve: a stack changed as little as possible so that it composites to a picture bit for bit, in
 * {@link org.layerj.exact.ExactRecomposition colours} and in {@link org.layerj.exact.ExactSamples samples}.
 */
package org.layerj.exact;
