package dev.fairground.graphql;

import static java.util.Objects.requireNonNull;

import dev.fairground.kernel.Moment;
import dev.fairground.sql.Wanted;
import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import graphql.schema.LightDataFetcher;
import io.vertx.core.Future;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.dataloader.DataLoader;
import org.dataloader.DataLoaderFactory;
import org.dataloader.DataLoaderOptions;
import org.jspecify.annotations.Nullable;

/** Lets graphql-java's engine answer fields by their bindings, batches by java-dataloader. */
final class Fetchers {
  /** Under which the context of one thing that a subscription tells holds its value. */
  static final String HAPPENED = "happened";

  private Fetchers() {}

  static DataFetcher<?> of(Binding binding) {
    return switch (binding) {
      case Binding.Value value -> new OfValue(value);
      case Binding.Loaded loaded -> loaded(loaded);
      case Binding.Answered answered -> answered(answered);
      case Binding.Mutated mutated -> mutated(mutated);
      case Binding.Subscribed subscribed ->
          environment -> environment.getGraphQlContext().get(HAPPENED);
      case Binding.Told told -> environment -> told.read().apply(call(environment));
    };
  }

  static Call call(DataFetchingEnvironment environment) {
    return requireNonNull(environment.getGraphQlContext().get(Call.class));
  }

  /** The moment that the field and all below it show; {@code asOf} of an argument moves it. */
  private static Moment moment(DataFetchingEnvironment environment) {
    Moment inherited = requireNonNull(environment.getLocalContext());
    return moment(inherited, environment.getArguments());
  }

  static Moment moment(Moment inherited, Map<String, Object> arguments) {
    return arguments.get("asOf") instanceof OffsetDateTime asOf
        ? new Moment(inherited.now(), asOf.toInstant())
        : inherited;
  }

  private static Arguments arguments(DataFetchingEnvironment environment) {
    var coordinate =
        environment.getParentType() instanceof GraphQLObjectType type
            ? Coordinates.of(type, environment.getFieldDefinition().getName())
            : environment.getFieldDefinition().getName();
    return new Arguments(coordinate, environment.getArguments(), call(environment));
  }

  /** A field without arguments needs no environment. */
  private record OfValue(Binding.Value binding) implements LightDataFetcher<@Nullable Object> {
    @Override
    public @Nullable Object get(
        GraphQLFieldDefinition field,
        Object source,
        Supplier<DataFetchingEnvironment> environment) {
      return binding
          .read()
          .apply(
              source,
              field.getArguments().isEmpty() ? Arguments.NONE : arguments(environment.get()));
    }

    @Override
    public @Nullable Object get(DataFetchingEnvironment environment) {
      Object source = requireNonNull(environment.getSource());
      return get(environment.getFieldDefinition(), source, () -> environment);
    }
  }

  private static DataFetcher<?> answered(Binding.Answered answered) {
    return environment -> {
      var moment = moment(environment);
      return stage(
              answered.read().apply(call(environment).reading().at(moment), arguments(environment)))
          .thenApply(
              value -> DataFetcherResult.newResult().data(value).localContext(moment).build());
    };
  }

  private static DataFetcher<?> mutated(Binding.Mutated mutated) {
    return environment -> {
      var call = call(environment);
      var reading = call.reading();
      var write = new Write(reading.viewer(), reading.moment(), call.requestId());
      return stage(mutated.run().apply(write, arguments(environment)));
    };
  }

  private static DataFetcher<?> loaded(Binding.Loaded loaded) {
    return environment -> {
      var key = loaded.key().apply(requireNonNull(environment.getSource()));
      if (key == null) {
        return null;
      }
      var moment = moment(environment);
      var arguments = loaded.arguments().apply(arguments(environment));
      return loader(environment, loaded.loader())
          .load(new LoadKey(key, arguments, moment))
          .thenApply(
              value ->
                  DataFetcherResult.newResult()
                      .data(value == null ? null : loaded.part().apply(value))
                      .localContext(moment)
                      .build());
    };
  }

  /** What a DataLoader is asked: keys of other arguments or another moment make other batches. */
  private record LoadKey(Object key, Object arguments, Moment moment) {}

  private record BatchKey(Object arguments, Moment moment) {}

  /** Taken through the environment: a loader taken from the registry is never dispatched. */
  private static DataLoader<LoadKey, Object> loader(
      DataFetchingEnvironment environment, Loader<Object, Object, Object> loader) {
    var call = call(environment);
    environment
        .getDataLoaderRegistry()
        .computeIfAbsent(
            loader.name(),
            unseen ->
                DataLoaderFactory.newMappedDataLoader(
                    (Set<LoadKey> keys) -> load(call, loader, keys),
                    DataLoaderOptions.newOptions()
                        .setMaxBatchSize(call.allowed().batch())
                        .build()));
    DataLoader<LoadKey, Object> found = environment.getDataLoader(loader.name());
    if (found == null) {
      throw new IllegalStateException("the loader was just registered");
    }
    return found;
  }

  private static CompletionStage<Map<LoadKey, Object>> load(
      Call call, Loader<Object, Object, Object> loader, Set<LoadKey> keys) {
    var batches = new HashMap<BatchKey, List<LoadKey>>();
    keys.forEach(
        key ->
            batches
                .computeIfAbsent(
                    new BatchKey(key.arguments(), key.moment()), unseen -> new ArrayList<>())
                .add(key));
    var answers = new HashMap<LoadKey, Object>();
    var running = new ArrayList<Future<?>>();
    batches.forEach(
        (batch, members) ->
            running.add(
                call.load(
                        loader,
                        batch.arguments(),
                        batch.moment(),
                        Wanted.ALL,
                        members.stream().map(LoadKey::key).toList())
                    .onSuccess(
                        found ->
                            members.forEach(
                                member -> {
                                  var value = found.get(member.key());
                                  if (value != null) {
                                    answers.put(member, value);
                                  }
                                }))));
    return stage(Future.all(running).map(done -> answers));
  }

  static <T> CompletableFuture<T> stage(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture();
  }
}
