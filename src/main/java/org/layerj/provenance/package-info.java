/**
 * Where pixels come from: one record per layer ({@link org.layerj.provenance.Provenance}), one per picture
 * ({@link org.layerj.provenance.PictureOrigin}), and what has to be said of a composite of both
 * ({@link org.layerj.provenance.Declaration}). Every decision about terms, captions and marks is made here; who reads
 * and writes files only carries it. Knows nothing else of the plugin.
 */
package org.layerj.provenance;
