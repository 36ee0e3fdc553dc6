import com.ibm.icu.text.Transliterator;

/**
 * Prints the first letter of the Mandarin reading of every character from U+4E00 to U+9FFF, in
 * their order, a dot where ICU knows none: the table in schema/database/016-search.sql.
 *
 * <p>Run with ICU4J, which nothing else here needs: java -cp icu4j-78.1.jar PinyinInitials.java
 */
final class PinyinInitials {
  private PinyinInitials() {}

  public static void main(String[] arguments) {
    var latin = Transliterator.getInstance("Han-Latin; NFD; [:Nonspacing Mark:] Remove; Lower");
    var table = new StringBuilder();
    for (int character = 0x4E00; character <= 0x9FFF; character++) {
      var first = latin.transliterate(Character.toString(character)).strip().charAt(0);
      table.append(first >= 'a' && first <= 'z' ? first : '.');
    }
    System.out.println(table);
  }
}
