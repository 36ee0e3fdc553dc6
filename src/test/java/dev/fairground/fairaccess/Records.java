package dev.fairground.fairaccess;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Facts with something else in them, by the names of their components. */
final class Records {
  private Records() {}

  /** A fact somewhere in a tree of facts that may be unknown and is known, and the tree without. */
  record Without<T>(String component, T facts) {}

  static <R extends Record> R with(R record, String name, @Nullable Object value) {
    return rebuilt(
        record, component -> component.getName().equals(name) ? value : get(record, component));
  }

  /** With one element of a list changed. */
  @SuppressWarnings("unchecked")
  static <R extends Record, E> R withEach(R record, String list, UnaryOperator<E> change) {
    for (var component : record.getClass().getRecordComponents()) {
      if (component.getName().equals(list)) {
        var elements = (List<E>) get(record, component);
        return elements == null
            ? record
            : with(record, list, elements.stream().map(change).toList());
      }
    }
    throw new IllegalArgumentException(list);
  }

  /** All that is the same but for one fact that nobody knows any more. */
  @SuppressWarnings("unchecked")
  static <R extends Record> List<Without<R>> withoutOne(R record) {
    var all = new ArrayList<Without<R>>();
    for (var component : record.getClass().getRecordComponents()) {
      var value = get(record, component);
      if (value == null) {
        continue;
      }
      var name = record.getClass().getSimpleName() + "." + component.getName();
      if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        all.add(new Without<>(name, with(record, component.getName(), null)));
      }
      if (value instanceof Record inner) {
        withoutOne(inner)
            .forEach(
                less ->
                    all.add(
                        new Without<>(
                            less.component(), with(record, component.getName(), less.facts()))));
      } else if (value instanceof List<?> list) {
        for (int i = 0; i < list.size(); i++) {
          if (list.get(i) instanceof Record inner) {
            for (var less : withoutOne(inner)) {
              var copy = new ArrayList<Object>(list);
              copy.set(i, less.facts());
              all.add(new Without<>(less.component(), with(record, component.getName(), copy)));
            }
          }
        }
      }
    }
    return all;
  }

  /** The same with every list in another order. */
  static <R extends Record> R shuffled(R record, Random random) {
    return rebuilt(record, component -> shuffled(get(record, component), random));
  }

  private static @Nullable Object shuffled(@Nullable Object value, Random random) {
    if (value instanceof Record inner) {
      return shuffled(inner, random);
    }
    if (value instanceof List<?> list) {
      var copy = new ArrayList<Object>();
      list.forEach(element -> copy.add(shuffled(element, random)));
      Collections.shuffle(copy, random);
      return copy;
    }
    return value;
  }

  /** Everything that is an id or may be one; organizations as they are written. */
  static TreeSet<String> texts(Object value) {
    var texts = new TreeSet<String>();
    collect(value, texts);
    return texts;
  }

  private static void collect(@Nullable Object value, TreeSet<String> into) {
    switch (value) {
      case null -> {}
      case String text -> into.add(text);
      case UUID id -> into.add(dev.fairground.kernel.Ids.write("org", id));
      case List<?> list -> list.forEach(element -> collect(element, into));
      case Record inner ->
          Arrays.stream(inner.getClass().getRecordComponents())
              .forEach(component -> collect(get(inner, component), into));
      default -> {}
    }
  }

  private interface Values {
    @Nullable Object of(RecordComponent component);
  }

  @SuppressWarnings("unchecked")
  private static <R extends Record> R rebuilt(R record, Values values) {
    var components = record.getClass().getRecordComponents();
    try {
      var constructor =
          record
              .getClass()
              .getDeclaredConstructor(
                  Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new));
      constructor.setAccessible(true);
      return (R) constructor.newInstance(Arrays.stream(components).map(values::of).toArray());
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static @Nullable Object get(Record record, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new AssertionError(e);
    }
  }
}
