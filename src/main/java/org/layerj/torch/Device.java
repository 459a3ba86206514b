package org.layerj.torch;

/** Where a tensor lives: {@code cpu}, {@code cuda:0}, {@code mps}. The name is libtorch's own. */
public record Device(String name) {

	public static final Device CPU = new Device("cpu");

	/** The graphics card with this index. */
	public static Device cuda(final int index) {
		return new Device("cuda:" + index);
	}

	public boolean isCpu() {
		return name.equals("cpu");
	}

	public boolean isCuda() {
		return name.startsWith("cuda");
	}

	@Override
	public String toString() {
		return name;
	}
}
