/**
 * The model on another machine: {@link org.layerj.remote.Servers finds out} what kind of server stands at an address,
 * sends it a picture and gets layers back. Knows nothing of what is done with them.
 * <p>
 * Interfaces as read in the servers' sources: ComfyUI's {@code server.py}, and {@code /v1/images/edits} of vLLM-Omni
 * and SGLang.
 */
package org.layerj.remote;
