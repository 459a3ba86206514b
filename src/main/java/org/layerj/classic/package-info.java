/**
 * Taking pictures apart without a network: backdrop, connected parts, soft rims, filling in. The bar that models are
 * measured against, and a method of its own for drawings and annotated pictures. Knows layers only.
 */
package org.layerj.classic;
