/** What a picture file says of itself, looked at before anything is decoded: one class per format. */
package org.layerj.io.header;
