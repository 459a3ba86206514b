package org.layerj.install;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javassist.CannotCompileException;
import javassist.ClassPool;
import javassist.CtClass;
import javassist.CtMethod;
import javassist.NotFoundException;

/**
 * Runs our two entries and records the way of the picture through it: every public method that a class of another
 * package calls and hands the picture or its layers, in whatever records, lists or functions of ours they are. What
 * {@code layers} itself does is no step, since its types are what is handed; {@code layers.edit} counts.
 * <p>
 * For a JVM of its own: our classes are changed as they are loaded, by the Javassist that ij1-patcher brings.
 */
public final class PictureWay {

	private static final String OURS = "org.layerj.";
	private static final Set<String> PIXELS = Set.of("RgbaImage", "Samples", "Layer", "LayerStack");

	private static final Set<String> STEPS = new LinkedHashSet<>();
	private static final Map<Class<?>, Boolean> CARRIERS = new ConcurrentHashMap<>();

	private PictureWay() {}

	/**
	 * Decomposes a picture into a folder, by the plugin and from the command line.
	 * <p>
	 * Arguments: the picture; an empty folder, which gets {@code plugin.txt} and {@code cli.txt}, with
	 * {@code package Class.method} a line in the order of the first calls.
	 */
	public static void main(final String... args) throws ReflectiveOperationException {
		final Path folder = Path.of(args[1]);
		final ClassLoader ours = new Recording();
		main(ours, PlugInRun.class.getName(), args[0], folder.resolve("plugin").toString());
		write(folder.resolve("plugin.txt"));
		// The command line ends Java itself.
		Runtime.getRuntime().addShutdownHook(new Thread(() -> write(folder.resolve("cli.txt"))));
		main(ours, "org.layerj.cli.Main", args[0], "--output", folder.resolve("cli").toString());
	}

	private static void main(final ClassLoader loader, final String program, final String... args)
		throws ReflectiveOperationException
	{
		loader.loadClass(program).getMethod("main", String[].class).invoke(null, (Object) args);
	}

	private static void write(final Path file) {
		synchronized (STEPS) {
			try {
				Files.write(file, STEPS);
				STEPS.clear();
			}
			catch (final IOException e) {
				throw new UncheckedIOException(e);
			}
		}
	}

	/** Called at the beginning of every method that may be a step. */
	public static void enter(final String type, final String method, final Object[] given) {
		if (!carries(given)) return;
		final Optional<String> caller = StackWalker.getInstance()
			.walk(
				frames -> frames.skip(2).map(f -> f.getClassName()).filter(name -> name.startsWith(OURS)).findFirst());
		if (caller.isEmpty() || room(caller.get()).equals(room(type))) return;
		synchronized (STEPS) {
			STEPS.add(room(type) + " " + type.substring(type.lastIndexOf('.') + 1) + "." + method);
		}
	}

	/** The package of a class, without what is within it; edits of layers are one of their own. */
	private static String room(final String type) {
		final String[] parts = type.substring(OURS.length()).split("\\.");
		return parts[0].equals("layers") && parts[1].equals("edit") ? "layers.edit" : parts[0];
	}

	private static boolean carries(final Object given) {
		if (given instanceof Object[] array) return Arrays.stream(array).anyMatch(PictureWay::carries);
		if (given instanceof Optional<?> o) return o.isPresent() && carries(o.get());
		if (given instanceof Collection<?> c) return c.stream().anyMatch(PictureWay::carries);
		return given != null && holdsPixels(given.getClass());
	}

	/** Whether a class of ours is one of pixels, or has a field of such a class. */
	private static boolean holdsPixels(final Class<?> type) {
		if (!type.getName().startsWith(OURS)) return false;
		final Boolean known = CARRIERS.get(type);
		if (known != null) return known;
		// So that a class with a field of its own kind comes to an end.
		CARRIERS.put(type, false);
		final boolean found = type.getPackageName().equals("org.layerj.layers") && PIXELS.contains(type.getSimpleName())
			|| Arrays.stream(type.getDeclaredFields())
				.filter(f -> !Modifier.isStatic(f.getModifiers()))
				.map(Field::getGenericType)
				.anyMatch(PictureWay::holdsPixels);
		CARRIERS.put(type, found);
		return found;
	}

	private static boolean holdsPixels(final Type type) {
		if (type instanceof ParameterizedType p)
			return Arrays.stream(p.getActualTypeArguments()).anyMatch(PictureWay::holdsPixels);
		return type instanceof Class<?> c && holdsPixels(c.isArray() ? c.getComponentType() : c);
	}

	/** Has our classes to itself, changed. */
	private static final class Recording extends ClassLoader {

		private final ClassPool pool = ClassPool.getDefault();

		@Override
		protected Class<?> loadClass(final String name, final boolean resolve) throws ClassNotFoundException {
			synchronized (getClassLoadingLock(name)) {
				if (!name.startsWith(OURS) || name.startsWith(PictureWay.class.getName()))
					return super.loadClass(name, resolve);
				final Class<?> known = findLoadedClass(name);
				if (known != null) return known;
				try {
					final CtClass type = pool.get(name);
					if (!room(name).equals("layers"))
						for (final CtMethod m : type.getDeclaredMethods()) record(name, m);
					final byte[] code = type.toBytecode();
					return defineClass(name, code, 0, code.length);
				}
				catch (NotFoundException | IOException | CannotCompileException e) {
					throw new ClassNotFoundException(name, e);
				}
			}
		}

		private static void record(final String type, final CtMethod method)
			throws NotFoundException, CannotCompileException
		{
			final int modifiers = method.getModifiers();
			if (Modifier.isPublic(modifiers) && !Modifier.isAbstract(modifiers) && !Modifier.isVolatile(modifiers)
				&& Arrays.stream(method.getParameterTypes()).anyMatch(p -> !p.isPrimitive()))
				method.insertBefore(
					PictureWay.class.getName() + ".enter(\"" + type + "\", \"" + method.getName() + "\", $args);");
		}
	}
}
