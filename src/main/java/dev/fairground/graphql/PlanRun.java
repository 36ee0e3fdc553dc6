package dev.fairground.graphql;

import dev.fairground.graphql.Plan.Field;
import dev.fairground.graphql.Plan.Selection;
import dev.fairground.graphql.Plan.Shape;
import dev.fairground.kernel.Moment;
import dev.fairground.sql.Wanted;
import graphql.execution.CoercedVariables;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs a plan once, level by level: what all objects of a level need of one loader is one batch,
 * and no future is made for a single object. Used on one event loop only.
 *
 * <p>It knows only the way without errors. Where a field fails the run fails as a whole, and the
 * engine, which knows where errors go, runs the query again.
 */
final class PlanRun {
  /** An object with what had to be found for it; {@code found} is in the order of the fields. */
  record Node(@Nullable Object source, Selection selection, @Nullable Object[] found) {}

  /** A place that waits for a batch's answer. */
  private record Target(Node node, Field field, Moment moment) {}

  /** The keys that one loader is asked for on this level, and who waits for each. */
  private record Batch(
      Loader<Object, Object, Object> loader,
      Object arguments,
      Moment moment,
      Map<Object, List<Target>> targets,
      Set<Field> fields) {
    Wanted wanted() {
      return fields.stream().map(field -> field.wanted).reduce(Wanted::and).orElse(Wanted.ALL);
    }
  }

  private record BatchKey(Loader<Object, Object, Object> loader, Object arguments, Moment moment) {}

  private final Wiring wiring;
  private final Call call;
  private final CoercedVariables variables;
  private final @Nullable Arguments[] arguments;
  private final @Nullable Batch[] batchOfField;
  private final Map<BatchKey, Batch> level = new LinkedHashMap<>();
  private final Node root;
  private final @Nullable Object happened;
  private final Promise<Node> done = Promise.promise();
  private int running;

  PlanRun(Plan plan, Wiring wiring, Call call, CoercedVariables variables) {
    this(plan, wiring, call, variables, null);
  }

  /**
   * @param happened the value of a subscription's root field; null for a query
   */
  PlanRun(
      Plan plan, Wiring wiring, Call call, CoercedVariables variables, @Nullable Object happened) {
    this.happened = happened;
    this.wiring = wiring;
    this.call = call;
    this.variables = variables;
    this.arguments = new Arguments[plan.fieldCount()];
    this.batchOfField = new Batch[plan.fieldCount()];
    this.root = new Node(null, plan.root(), new Object[plan.root().nodes()]);
  }

  /** The root, when everything is there that has to be before the answer is written. */
  Future<Node> run() {
    running = 1;
    guarded(
        () -> {
          for (var field : root.selection().fields()) {
            startRoot(field);
          }
        });
    arrived();
    return done.future();
  }

  private void startRoot(Field field) {
    if (field.binding instanceof Binding.Told told) {
      root.found()[field.node] =
          found(field, field.shape, told.read().apply(call), call.reading().moment());
    } else if (field.binding instanceof Binding.Subscribed) {
      root.found()[field.node] = found(field, field.shape, happened, call.reading().moment());
    } else if (field.binding instanceof Binding.Answered answered) {
      var moment = moment(field, call.reading().moment());
      running++;
      answered
          .read()
          .apply(call.reading().at(moment).wanting(field.wanted), arguments(field))
          .onComplete(
              answer -> {
                if (answer.succeeded()) {
                  guarded(
                      () ->
                          root.found()[field.node] =
                              found(field, field.shape, answer.result(), moment));
                } else {
                  done.tryFail(answer.cause());
                }
                arrived();
              });
    }
  }

  private void arrived() {
    if (--running == 0 && !done.future().isComplete()) {
      if (level.isEmpty()) {
        done.complete(root);
      } else {
        guarded(this::nextLevel);
      }
    }
  }

  /** Sends the batches of the level that was gathered; their answers gather the next one. */
  private void nextLevel() {
    var batches = List.copyOf(level.values());
    level.clear();
    java.util.Arrays.fill(batchOfField, null);
    running = 1;
    for (var batch : batches) {
      var keys = new ArrayList<>(batch.targets().keySet());
      for (int from = 0; from < keys.size(); from += call.allowed().batch()) {
        var some = keys.subList(from, Math.min(keys.size(), from + call.allowed().batch()));
        running++;
        call.load(batch.loader(), batch.arguments(), batch.moment(), batch.wanted(), some)
            .onComplete(
                answer -> {
                  if (answer.succeeded()) {
                    guarded(() -> hand(batch, some, answer.result()));
                  } else {
                    done.tryFail(answer.cause());
                  }
                  arrived();
                });
      }
    }
    arrived();
  }

  private void hand(Batch batch, List<Object> keys, Map<Object, Object> answers) {
    for (var key : keys) {
      var value = answers.get(key);
      for (var target : batch.targets().getOrDefault(key, List.of())) {
        var field = target.field();
        var part =
            value == null || !(field.binding instanceof Binding.Loaded loaded)
                ? null
                : loaded.part().apply(value);
        target.node().found()[field.node] = found(field, field.shape, part, target.moment());
      }
    }
  }

  /** The value as the writer takes it; objects below which something is to be found are nodes. */
  private @Nullable Object found(Field field, Shape shape, @Nullable Object value, Moment moment) {
    if (value == null || !field.deep) {
      return value;
    }
    if (shape.element() != null) {
      var list = (List<?>) value;
      var nodes = new ArrayList<@Nullable Object>(list.size());
      for (var element : list) {
        nodes.add(found(field, shape.element(), element, moment));
      }
      return nodes;
    }
    var selection = selection(field, value);
    if (selection.nodes() == 0) {
      return value;
    }
    var node = new Node(value, selection, new Object[selection.nodes()]);
    for (var below : selection.fields()) {
      if (below.node >= 0) {
        start(node, value, below, moment);
      }
    }
    return node;
  }

  private void start(Node node, Object source, Field field, Moment inherited) {
    switch (field.binding) {
      case Binding.Value value ->
          node.found()[field.node] =
              found(field, field.shape, value.read().apply(source, arguments(field)), inherited);
      case Binding.Loaded loaded -> {
        var along = field.hasArguments() ? null : call.reading().along().of(source, field.name);
        if (along != null) {
          node.found()[field.node] =
              found(field, field.shape, along.map(loaded.part()).orElse(null), inherited);
          return;
        }
        var key = loaded.key().apply(source);
        if (key != null) {
          var moment = moment(field, inherited);
          batch(field, loaded, moment)
              .targets()
              .computeIfAbsent(key, unseen -> new ArrayList<>(1))
              .add(new Target(node, field, moment));
        }
      }
      case null, default ->
          throw new IllegalStateException(field.coordinate + " is bound as a root field");
    }
  }

  private Batch batch(Field field, Binding.Loaded loaded, Moment moment) {
    var known = batchOfField[field.ordinal];
    if (known == null) {
      var wanted = loaded.arguments().apply(arguments(field));
      known =
          level.computeIfAbsent(
              new BatchKey(loaded.loader(), wanted, moment),
              key ->
                  new Batch(
                      loaded.loader(), wanted, moment, new LinkedHashMap<>(), new HashSet<>(2)));
      known.fields().add(field);
      batchOfField[field.ordinal] = known;
    }
    return known;
  }

  private Moment moment(Field field, Moment inherited) {
    return field.movesMoment() ? Fetchers.moment(inherited, field.arguments(variables)) : inherited;
  }

  Arguments arguments(Field field) {
    if (!field.hasArguments()) {
      return Arguments.NONE;
    }
    var known = arguments[field.ordinal];
    if (known == null) {
      known = new Arguments(field.coordinate, field.arguments(variables), call);
      arguments[field.ordinal] = known;
    }
    return known;
  }

  Selection selection(Field field, Object value) {
    if (field.only != null) {
      return field.only;
    }
    var selection = field.selections.get(wiring.typeOf(value));
    if (selection == null) {
      throw new IllegalStateException(
          field.coordinate + " gave a " + wiring.typeOf(value) + ", which its type does not hold");
    }
    return selection;
  }

  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException failure) {
      done.tryFail(failure);
    }
  }
}
