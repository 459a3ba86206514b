/**
 * What every package may know, and what itself knows none: progress and cancelling, and how files and pictures are told
 * apart.
 */
package org.layerj.common;
