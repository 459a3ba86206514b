/**
 * A model in a process of its own: {@link org.layerj.decompose.child.Isolation} on request. What libtorch, a driver or
 * another plugin's library does to that process is a message here.
 */
package org.layerj.decompose.child;
