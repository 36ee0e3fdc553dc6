package dev.fairground.graphql;

import dev.fairground.sql.Reading;
import io.vertx.core.Future;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How one field of the schema is answered. */
sealed interface Binding {
  /** From the record in hand, without waiting. */
  record Value(BiFunction<Object, Arguments, @Nullable Object> read) implements Binding {}

  /**
   * By a batch, for the key that the record holds; a record without a key has no value. Of what is
   * found the field shows a part, mostly the whole.
   */
  record Loaded(
      Loader<Object, Object, Object> loader,
      Function<Object, @Nullable Object> key,
      Function<Arguments, Object> arguments,
      Function<Object, Object> part)
      implements Binding {}

  /** A root field: by a read of its own. */
  record Answered(BiFunction<Reading, Arguments, Future<?>> read) implements Binding {}

  /** A field of the root of mutations: by a change, whose outcome it shows. */
  record Mutated(BiFunction<Write, Arguments, Future<?>> run) implements Binding {}

  /** The root field of a subscription: by what a feed tells. */
  record Subscribed(BiFunction<Reading, Arguments, ? extends Future<? extends Feed>> feed)
      implements Binding {}

  /** A root field: told of the operation itself. */
  record Told(Function<Call, Object> read) implements Binding {}
}
