package dev.fairground.kernel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What was searched for, to be found again in texts: pairs of characters of Chinese, Japanese and
 * Korean as the database looks them up, other words by their beginning.
 */
public final class SearchWords {
  /** Texts that are longer are cut. */
  public static final int LONGEST_SNIPPET = 200;

  private static final int BEFORE_FIRST_HIT = 40;

  /** What an English word may have behind its stem: connect, connections. */
  private static final int LONGEST_ENDING = 5;

  private final List<Word> words = new ArrayList<>();

  /**
   * @param start a word of other letters matches from its beginning on
   * @param isBeginning whether any word that begins so is meant, as of the last one asked for
   */
  private record Word(String letters, boolean start, boolean isBeginning) {}

  /**
   * @param asked the caller's text
   * @param stems the words of it that count, in their order, English ones without their ending
   */
  public SearchWords(String asked, List<String> stems) {
    var whole = new FoldedText(asked).text();
    for (var stem : stems) {
      if (isWrittenInPairs(stem.codePointAt(0))) {
        pairs(stem);
      } else {
        words.add(new Word(stem, true, false));
      }
    }
    var last = whole.substring(whole.lastIndexOf(' ') + 1);
    var letters = last.codePoints().toArray();
    var begin = letters.length;
    while (begin > 0 && !isWrittenInPairs(letters[begin - 1])) {
      begin--;
    }
    if (letters.length - begin > 1) {
      words.add(new Word(new String(letters, begin, letters.length - begin), true, true));
    }
  }

  private void pairs(String run) {
    var letters = run.codePoints().toArray();
    for (int i = 0; i < Math.max(1, letters.length - 1); i++) {
      words.add(new Word(new String(letters, i, Math.min(2, letters.length - i)), false, false));
    }
  }

  /** The scripts that are written without spaces; the ranges of the database's search. */
  private static boolean isWrittenInPairs(int c) {
    return c >= 0x2E80 && c <= 0x9FFF
        || c >= 0xAC00 && c <= 0xD7A3
        || c >= 0xF900 && c <= 0xFAFF
        || c >= 0x20000 && c <= 0x333AF;
  }

  /** The text with its hits; empty if it has none. */
  public Optional<Highlight> in(String field, String text) {
    var ranges = ranges(text);
    return ranges.isEmpty() ? Optional.empty() : Optional.of(snippet(field, text, ranges));
  }

  private List<TextRange> ranges(String text) {
    var folded = new FoldedText(text);
    var all = new ArrayList<TextRange>();
    for (var word : words) {
      var letters = folded.text();
      for (int at = letters.indexOf(word.letters); at >= 0; ) {
        var end = at + word.letters.length();
        if (!word.start) {
          all.add(folded.original(at, end));
        } else if (at == 0 || isEdge(letters, at)) {
          var behind = endOfWord(letters, end);
          if (word.isBeginning) {
            all.add(folded.original(at, end));
          } else if (behind - end <= LONGEST_ENDING) {
            all.add(folded.original(at, behind));
          }
        }
        at = letters.indexOf(word.letters, end);
      }
    }
    return merged(all);
  }

  private static boolean isEdge(String letters, int at) {
    var before = letters.codePointBefore(at);
    return before == ' ' || isWrittenInPairs(before);
  }

  private static int endOfWord(String letters, int from) {
    var end = from;
    while (end < letters.length()) {
      var next = letters.codePointAt(end);
      if (next == ' ' || isWrittenInPairs(next)) {
        break;
      }
      end += Character.charCount(next);
    }
    return end;
  }

  private static List<TextRange> merged(List<TextRange> ranges) {
    ranges.sort(Comparator.comparingInt(TextRange::from).thenComparingInt(TextRange::to));
    var merged = new ArrayList<TextRange>();
    for (var range : ranges) {
      if (!merged.isEmpty() && range.from() <= merged.getLast().to()) {
        var before = merged.removeLast();
        merged.add(new TextRange(before.from(), Math.max(before.to(), range.to())));
      } else {
        merged.add(range);
      }
    }
    return merged;
  }

  private static Highlight snippet(String field, String text, List<TextRange> ranges) {
    if (text.length() <= LONGEST_SNIPPET) {
      return new Highlight(field, text, List.copyOf(ranges));
    }
    var first = ranges.getFirst().from();
    var from = Math.max(0, Math.min(first - BEFORE_FIRST_HIT, text.length() - LONGEST_SNIPPET));
    var to = Math.min(text.length(), from + LONGEST_SNIPPET);
    var begin = isWithinPair(text, from) ? from + 1 : from;
    var end = isWithinPair(text, to) ? to - 1 : to;
    return new Highlight(
        field,
        text.substring(begin, end),
        ranges.stream()
            .filter(range -> range.from() >= begin && range.from() < end)
            .map(range -> new TextRange(range.from() - begin, Math.min(range.to(), end) - begin))
            .toList());
  }

  private static boolean isWithinPair(String text, int at) {
    return at > 0
        && at < text.length()
        && Character.isLowSurrogate(text.charAt(at))
        && Character.isHighSurrogate(text.charAt(at - 1));
  }

  /** The part of the text whose characters' initials hold {@code spelt}; empty if none does. */
  public static List<TextRange> spelt(String text, String initials, String spelt) {
    var folded = new FoldedText(text);
    var letters = folded.text();
    var wanted = new FoldedText(spelt).text().replace(" ", "");
    for (int from = 0; from < initials.length(); from++) {
      var at = from;
      var met = 0;
      while (at < initials.length() && met < wanted.length()) {
        if (initials.charAt(at) == wanted.charAt(met)) {
          met++;
        } else if (initials.charAt(at) != ' ' || met == 0) {
          break;
        }
        at++;
      }
      if (met == wanted.length() && at <= letters.codePointCount(0, letters.length())) {
        // Initials stand for code points, ranges for code units.
        return List.of(
            folded.original(
                letters.offsetByCodePoints(0, from), letters.offsetByCodePoints(0, at)));
      }
    }
    return List.of();
  }
}
