/** The command line. */
package org.layerj.cli;
