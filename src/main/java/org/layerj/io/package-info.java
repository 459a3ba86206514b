/** Pictures in, result folders out. */
package org.layerj.io;
