package dev.fairground.harvest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The words of values that hold several, as the portals join them. */
final class PortalWords {
  /** From the strongest: a keyword of a list of lines may itself hold a comma or 、. */
  private static final List<String> KEYWORD_SEPARATORS =
      List.of("\r\n", ";；|", ",，", "、", " \t\u00A0\u3000");

  private static final String FORMAT_SEPARATORS = "\r\n;；|,，、 \t\u3000";

  private static final Map<String, String> SHORT_FORMATS = Map.of("接口", "api", "db数据库", "db");

  private PortalWords() {}

  /** The keywords in a text; what is no word, as the {@code _} of a cut name, is none. */
  static List<String> keywords(String text) {
    var list = unwrapped(text);
    for (var separators : KEYWORD_SEPARATORS) {
      if (holdsAny(list, separators)) {
        return split(list, separators);
      }
    }
    return split(list, "");
  }

  /** The formats in a text, in short: {@code xlsx} of {@code 电子表格-xlsx}. */
  static List<String> formats(String text) {
    if (isCode(text)) {
      return List.of(text);
    }
    return split(unwrapped(text), FORMAT_SEPARATORS).stream().map(PortalWords::format).toList();
  }

  /** A list of topics with each once: portals repeat the topic of each part of a dataset. */
  static String topics(String text) {
    return text.indexOf(',') < 0
        ? text
        : String.join(",", split(text, ",").stream().distinct().toList());
  }

  private static String format(String name) {
    var end = name.indexOf('-');
    var format = name;
    if (end > 0 && Character.isIdeographic(name.codePointAt(0))) {
      format =
          name.substring(end + 1).equals("其他") ? name.substring(0, end) : name.substring(end + 1);
    }
    var lower = format.toLowerCase(Locale.ROOT);
    return SHORT_FORMATS.getOrDefault(lower, lower);
  }

  /** Wenzhou has codes of class and kind, {@code 03,0310}, whose meaning it does not say. */
  private static boolean isCode(String text) {
    return text.chars().allMatch(c -> c == ',' || (c >= '0' && c <= '9'));
  }

  /** Without the brackets and quotes of a list that was printed as text. */
  private static String unwrapped(String text) {
    var list = text.strip();
    return list.startsWith("[") && list.endsWith("]")
        ? list.substring(1, list.length() - 1).replace("'", "").replace("\"", "")
        : list;
  }

  private static boolean holdsAny(String text, String characters) {
    return characters.chars().anyMatch(c -> text.indexOf(c) >= 0);
  }

  private static List<String> split(String text, String separators) {
    var words = new ArrayList<String>();
    var start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || separators.indexOf(text.charAt(i)) >= 0) {
        var word = text.substring(start, i).strip();
        if (word.chars().anyMatch(Character::isLetterOrDigit)) {
          words.add(word);
        }
        start = i + 1;
      }
    }
    return words;
  }
}
