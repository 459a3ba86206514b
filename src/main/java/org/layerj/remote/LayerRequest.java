package org.layerj.remote;

import org.layerj.layers.RgbaImage;

/**
 * What a server is asked for.
 *
 * @param picture at the working size, opaque
 * @param layers number of layers
 * @param resolution side in pixels of the square with as many pixels as the working size
 * @param steps denoising steps
 * @param guidance classifier-free guidance scale
 * @param seed from 0 up
 * @param prompt may be empty
 * @param negative negative prompt, may be empty
 */
public record LayerRequest(RgbaImage picture, int layers, int resolution, int steps, double guidance, long seed,
	String prompt, String negative)
{}
