package org.layerj;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.ThrowsTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * Whoever writes a script needs no source: in the packages that scripts use, everything public has a comment, and every
 * parameter, result and declared exception of a method a tag. What a record says at its components, its constructors
 * need not repeat. Overriding methods inherit what they override.
 */
class ApiDocumentationTest {

	private static final Path SOURCES = Path.of("src/main/java/org/layerj");
	private static final List<String> PACKAGES =
		List.of("decompose", "decompose/child", "elements", "exact", "io", "io/formats", "io/header", "layers",
			"layers/edit", "provenance", "refine", "segment", "subject", "text", "tracking");

	private static List<Path> sources() throws IOException {
		final List<Path> all = new ArrayList<>();
		for (final String name : PACKAGES) try (Stream<Path> files = Files.list(SOURCES.resolve(name))) {
			files.filter(f -> f.toString().endsWith(".java")).forEach(all::add);
		}
		return all;
	}

	/** Visits what is public, in types that are. */
	private static final class Scanner extends TreePathScanner<Void, Void> {

		private final DocTrees docs;
		private final CompilationUnitTree unit;
		private final Set<String> missing;
		private int documented;

		private Scanner(final DocTrees docs, final CompilationUnitTree unit, final Set<String> missing) {
			this.docs = docs;
			this.unit = unit;
			this.missing = missing;
		}

		private ClassTree owner() {
			for (TreePath p = getCurrentPath().getParentPath(); p != null; p = p.getParentPath())
				if (p.getLeaf() instanceof ClassTree c) return c;
			return null;
		}

		private boolean isPublic(final ModifiersTree modifiers) {
			return modifiers.getFlags().contains(Modifier.PUBLIC) || owner() != null
				&& owner().getKind() == Tree.Kind.INTERFACE && !modifiers.getFlags().contains(Modifier.PRIVATE);
		}

		private void missing(final String what) {
			final long at = docs.getSourcePositions().getStartPosition(unit, getCurrentPath().getLeaf());
			missing.add(Path.of(unit.getSourceFile().toUri()).getFileName() + ":" + unit.getLineMap().getLineNumber(at)
				+ " has no " + what);
		}

		/** The comment's tags; a missing comment is noted. */
		private List<DocTree> tags() {
			final DocCommentTree comment = docs.getDocCommentTree(getCurrentPath());
			if (comment == null) {
				missing("comment");
				return List.of();
			}
			documented++;
			final List<DocTree> tags = new ArrayList<>(comment.getBlockTags());
			tags.addAll(comment.getFirstSentence());
			return tags;
		}

		private static Set<String> components(final ClassTree record) {
			final Set<String> names = new HashSet<>();
			for (final Tree t : record.getMembers())
				if (t instanceof VariableTree v && !v.getModifiers().getFlags().contains(Modifier.STATIC))
					names.add(v.getName().toString());
			return names;
		}

		private void parameters(final List<DocTree> tags, final Iterable<String> wanted) {
			final Set<String> said = new HashSet<>();
			for (final DocTree t : tags) if (t instanceof ParamTree p) said.add(p.getName().toString());
			for (final String name : wanted) if (!said.contains(name)) missing("@param " + name);
		}

		@Override
		public Void visitClass(final ClassTree type, final Void nothing) {
			if (!isPublic(type.getModifiers())) return null;
			final List<DocTree> tags = tags();
			if (type.getKind() == Tree.Kind.RECORD) parameters(tags, components(type));
			return super.visitClass(type, nothing);
		}

		@Override
		public Void visitMethod(final MethodTree method, final Void nothing) {
			final ModifiersTree modifiers = method.getModifiers();
			if (!isPublic(modifiers) || docs.getSourcePositions().getEndPosition(unit, method) < 0
				|| modifiers.getAnnotations().stream().anyMatch(a -> a.toString().startsWith("@Override"))) return null;
			final boolean constructor = method.getReturnType() == null;
			final Set<String> said =
				constructor && owner().getKind() == Tree.Kind.RECORD ? components(owner()) : Set.of();
			final List<String> wanted = method.getParameters()
				.stream()
				.map(p -> p.getName().toString())
				.filter(n -> !said.contains(n))
				.toList();
			// A constructor that only checks components, or has nothing but them, is its record's.
			if (!said.isEmpty() && wanted.isEmpty()) return null;
			final List<DocTree> tags = tags();
			parameters(tags, wanted);
			if (!constructor && !method.getReturnType().toString().equals("void")
				&& tags.stream().noneMatch(t -> t.getKind() == DocTree.Kind.RETURN)) missing("@return");
			method.getThrows().forEach(e -> {
				if (tags.stream()
					.noneMatch(t -> t instanceof ThrowsTree x && x.getExceptionName().toString().equals(e.toString())))
					missing("@throws " + e);
			});
			return null;
		}

		@Override
		public Void visitVariable(final VariableTree field, final Void nothing) {
			if (isPublic(field.getModifiers())) tags();
			return null;
		}
	}

	@Test
	void everythingPublicIsDocumented() throws IOException {
		final Set<String> missing = new TreeSet<>();
		final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		int documented = 0;
		try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
			final JavacTask task = (JavacTask) compiler.getTask(null, files, null, List.of("-proc:none"), null,
				files.getJavaFileObjectsFromPaths(sources()));
			final DocTrees docs = DocTrees.instance(task);
			for (final CompilationUnitTree unit : task.parse()) {
				final Scanner scanner = new Scanner(docs, unit, missing);
				scanner.scan(unit, null);
				documented += scanner.documented;
			}
		}
		assertTrue(documented > 500, "only " + documented + " comments were found");
		assertEquals(new TreeSet<>(), missing);
	}
}
