/**
 * The hyperstack: layers as ImageJ stores, shows and saves them. {@link org.layerj.imagej.stack.Hyperstacks} reads and
 * makes one, {@link org.layerj.imagej.stack.HyperstackWriter} changes one in place,
 * {@link org.layerj.imagej.stack.HyperstackState} finds out what others have done to one. Beside them the pictures
 * layers are made of and {@link org.layerj.imagej.stack.Recomposed make again}, with what is noted of them.
 * <p>
 * Functions of images: nothing here remembers anything, asks anybody or opens a window of its own.
 */
package org.layerj.imagej.stack;
