package org.layerj.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.layerj.checkpoint.Component;
import org.layerj.checkpoint.ModelException;
import org.layerj.checkpoint.TensorInfo;
import org.layerj.torch.DType;
import org.layerj.torch.Device;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;
import org.layerj.torch.Tensors;
import org.layerj.torch.Torch;

/**
 * Brings the weights of one component to the device and in the type that a network computes with.
 *
 * <p>A weight already stored in that type is used where it lies in the mapped file, without a copy; otherwise the copy is the only one.
 */
public final class Weights {

	private final Component component;
	private final Device device;
	private final DType dtype;

	public Weights(final Component component, final Device device, final DType dtype) {
		this.component = component;
		this.device = device;
		this.dtype = dtype;
	}

	public Device device() {
		return device;
	}

	public DType dtype() {
		return dtype;
	}

	public boolean has(final String name) {
		return component.has(name);
	}

	/** Number of axes of a stored weight. */
	public int rank(final String name) {
		return component.info(name).shape().length;
	}

	/** The weight, after checking that the file holds it in the shape the configuration asks for. */
	public Tensor get(final Scope scope, final String name, final long... shape) {
		final Tensor mapped = mapped(scope, name, shape);
		if (mapped.dtype() == dtype && device.isCpu()) return mapped;
		final Tensor moved = Tensors.to(scope, mapped, device, dtype);
		scope.free(mapped);
		release(name);
		return moved;
	}

	/** All weights by name, for programs that take them as a dictionary; kernels in the order in memory that convolutions compute fastest with. */
	public Map<String, Tensor> all(final Scope scope) {
		final Map<String, Tensor> all = new LinkedHashMap<>();
		for (final String name : component.names()) {
			try (Scope scratch = Torch.scope()) {
				all.put(name, scratch.keep(Tensors.channelsLast(scratch, get(scratch, name, component.info(name).shape())), scope));
			}
		}
		return Collections.unmodifiableMap(all);
	}

	/** Says that a weight will not be read where it lies in the file again soon; its pages need not stay in memory. */
	public void release(final String name) {
		component.release(name);
	}

	/** The weight where it lies and as it is stored: on the CPU, not copied, in the file's type. For tables of which few rows are read. */
	public Tensor mapped(final Scope scope, final String name, final long... shape) {
		final TensorInfo info = component.info(name);
		if (!Arrays.equals(info.shape(), shape)) throw new ModelException("The tensor " + info + " of model " + component.model()
			+ " should have the shape " + Arrays.toString(shape) + " by " + component.folder() + "/config.json; weights and configuration do not belong together.");
		final DType stored = DType.ofSafetensors(info.dtype()).filter(DType::isFloat).orElseThrow(() -> new ModelException("The tensor " + info + " of model "
			+ component.model() + " has a type that is not supported; F32, F16 and BF16 are."));
		return Tensors.over(scope, component.data(name), stored, info.shape());
	}
}
