package dev.fairground.check;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Records as JSON of which there is one form only: members in the order of their names, no blanks,
 * numbers without needless zeros. Pure.
 */
final class Canonical {
  private final StringBuilder text = new StringBuilder(1_024);

  private Canonical() {}

  private record Member(String name, MethodHandle accessor) {}

  private static final ClassValue<Member[]> MEMBERS =
      new ClassValue<>() {
        @Override
        protected Member[] computeValue(Class<?> type) {
          return Arrays.stream(type.getRecordComponents())
              .map(
                  component -> {
                    try {
                      var accessor = component.getAccessor();
                      accessor.setAccessible(true);
                      return new Member(
                          component.getName(),
                          MethodHandles.lookup()
                              .unreflect(accessor)
                              .asType(MethodType.methodType(Object.class, Object.class)));
                    } catch (IllegalAccessException closed) {
                      throw new IllegalStateException(closed);
                    }
                  })
              .sorted(Comparator.comparing(Member::name))
              .toArray(Member[]::new);
        }
      };

  static String json(Object value) {
    var canonical = new Canonical();
    canonical.write(value);
    return canonical.text.toString();
  }

  /** SHA-256 in hexadecimal digits. */
  static String digest(String... parts) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var part : parts) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException(never);
    }
  }

  private void write(@Nullable Object value) {
    switch (value) {
      case null -> text.append("null");
      case String string -> string(string);
      case BigDecimal number -> {
        var plain = number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
        text.append(plain);
      }
      case Number number -> text.append(number);
      case Boolean truth -> text.append(truth.booleanValue());
      case Record record -> record(record);
      case Map<?, ?> map -> map(map);
      case Set<?> set -> list(set.stream().sorted().toList());
      case Collection<?> list -> list(list);
      default -> string(value.toString());
    }
  }

  private void record(Record record) {
    var separator = '{';
    for (var member : MEMBERS.get(record.getClass())) {
      text.append(separator);
      separator = ',';
      string(member.name());
      text.append(':');
      write(read(member.accessor(), record));
    }
    text.append(separator == '{' ? "{}" : "}");
  }

  private static @Nullable Object read(MethodHandle accessor, Object record) {
    try {
      return accessor.invokeExact(record);
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void map(Map<?, ?> map) {
    var byName = new TreeMap<String, @Nullable Object>();
    map.forEach((key, value) -> byName.put(String.valueOf(key), value));
    var separator = '{';
    for (var entry : byName.entrySet()) {
      text.append(separator);
      separator = ',';
      string(entry.getKey());
      text.append(':');
      write(entry.getValue());
    }
    text.append(separator == '{' ? "{}" : "}");
  }

  private void list(Collection<?> list) {
    var separator = '[';
    for (var element : list) {
      text.append(separator);
      separator = ',';
      write(element);
    }
    text.append(separator == '[' ? "[]" : "]");
  }

  private void string(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      var c = value.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (c < ' ') {
            text.append(String.format("\\u%04x", (int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }
}
