package org.layerj.remote;

import java.util.Optional;
import org.layerj.layers.Mask;
import org.layerj.layers.RgbaImage;

/**
 * What a server's image-editing model is asked for.
 *
 * @param picture at the working size, opaque
 * @param mask the pixels that may become new, as large as the picture; empty if all may
 * @param prompt what is to be done with the picture, in words, not blank
 * @param negative negative prompt, may be empty
 * @param steps denoising steps
 * @param guidance classifier-free guidance scale
 * @param seed from 0 up
 */
public record ImageEdit(RgbaImage picture, Optional<Mask> mask, String prompt, String negative, int steps,
	double guidance, long seed)
{}
