/**
 * What every package may use and which uses none: progress and cancelling, messages to users, hashes of files and
 * pictures, disjoint sets.
 */
package org.layerj.common;
