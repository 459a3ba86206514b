/**
 * Downloads, only ever on somebody's word: what there is, how large it is and under which licence comes first; then a
 * transfer that goes on where it was interrupted and is checked by its hashes.
 */
package org.layerj.fetch;
