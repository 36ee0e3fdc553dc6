package dev.fairground.graphql;

import graphql.language.Field;
import graphql.language.SourceLocation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a set of selections asks for when its fragments are written out: counted, never written out.
 */
final class Tally {
  /** More than any limit, and far from overflowing when two are added. */
  private static final long MANY = 1_000_000_000;

  /** Fields of {@code __Type} that lead from type to type, and so in circles. */
  static final List<String> CIRCULAR =
      List.of("fields", "inputFields", "interfaces", "possibleTypes");

  /** Fields at the top of the set. */
  long top;

  long fields;
  int depth;
  @Nullable SourceLocation deepest;

  /** Depth of the deepest field that lies below {@code __schema} or {@code __type}. */
  int introspectionDepth;

  @Nullable SourceLocation deepestIntrospection;
  long schemas;
  long types;

  /** How often each of {@link #CIRCULAR} is named, wherever it is. */
  private final long[] named = new long[CIRCULAR.size()];

  /** How often each of {@link #CIRCULAR} is named below {@code __schema} or {@code __type}. */
  final long[] introspected = new long[CIRCULAR.size()];

  /** The tally of one field, whose selections have the tally {@code inner}. */
  static Tally of(Field field, Tally inner) {
    var tally = new Tally();
    tally.add(inner);
    tally.top = 1;
    tally.fields = sum(inner.fields, 1);
    var schema = field.getName().equals("__schema");
    var type = field.getName().equals("__type");
    if (schema || type) {
      tally.enterIntrospection(field, inner);
      tally.schemas = sum(inner.schemas, schema ? 1 : 0);
      tally.types = sum(inner.types, type ? 1 : 0);
      return tally;
    }
    tally.depth = inner.depth + 1;
    tally.deepest = inner.depth == 0 ? field.getSourceLocation() : inner.deepest;
    tally.introspectionDepth = inner.introspectionDepth == 0 ? 0 : inner.introspectionDepth + 1;
    var circular = CIRCULAR.indexOf(field.getName());
    if (circular >= 0) {
      tally.named[circular] = sum(tally.named[circular], 1);
    }
    return tally;
  }

  private void enterIntrospection(Field field, Tally inner) {
    depth = 1;
    deepest = field.getSourceLocation();
    var below = Math.max(inner.depth, inner.introspectionDepth);
    introspectionDepth = below + 1;
    deepestIntrospection =
        inner.introspectionDepth > inner.depth ? inner.deepestIntrospection : inner.deepest;
    for (int i = 0; i < named.length; i++) {
      introspected[i] = sum(introspected[i], named[i]);
      named[i] = 0;
    }
  }

  /** Adds what stands beside the selections counted so far. */
  void add(Tally other) {
    top = sum(top, other.top);
    fields = sum(fields, other.fields);
    if (other.depth > depth) {
      depth = other.depth;
      deepest = other.deepest;
    }
    if (other.introspectionDepth > introspectionDepth) {
      introspectionDepth = other.introspectionDepth;
      deepestIntrospection = other.deepestIntrospection;
    }
    schemas = sum(schemas, other.schemas);
    types = sum(types, other.types);
    for (int i = 0; i < named.length; i++) {
      named[i] = sum(named[i], other.named[i]);
      introspected[i] = sum(introspected[i], other.introspected[i]);
    }
  }

  private static long sum(long one, long other) {
    return Math.min(MANY, one + other);
  }
}
