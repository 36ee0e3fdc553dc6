package dev.fairground.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CsvWriterTest {
  private static String line(@Nullable Object... cells) throws Exception {
    var out = new StringWriter();
    CsvWriter.line(out, Arrays.asList(cells));
    return out.toString();
  }

  @Test
  void what_a_spreadsheet_would_compute_gets_an_apostrophe() throws Exception {
    assertThat(line("=1+1", "+1", "-1", "@SUM(A1)", "＝1", "a=1"))
        .isEqualTo("'=1+1,'+1,'-1,'@SUM(A1),'＝1,a=1\r\n");
    assertThat(line("\t=1", "\r=1"))
        .isEqualTo("\"'\t=1\",\"'\r=1\"\r\n".replace("\"'\t=1\"", "'\t=1"));
  }

  @Test
  void numbers_stay_numbers() throws Exception {
    assertThat(line(-5, new BigDecimal("0.0450"), true, null)).isEqualTo("-5,0.0450,true,\r\n");
  }

  @Test
  void quotes_commas_and_line_ends_are_quoted() throws Exception {
    assertThat(line("a\"b", "a,b", "a\nb", " a"))
        .isEqualTo("\"a\"\"b\",\"a,b\",\"a\nb\",\" a\"\r\n");
  }

  @Test
  void a_text_that_was_guarded_is_read_as_it_was() {
    for (var text : new String[] {"=1", "'=1", "''=1", "plain", "'plain", "'"}) {
      assertThat(CsvWriter.unguarded(CsvWriter.guarded(text))).as(text).isEqualTo(text);
    }
  }

  @Test
  void a_row_is_read_as_it_was_written() throws Exception {
    var text = line("a\"b", "c,d", "e\r\nf", "=g");
    assertThat(new StringReader(text)).isNotNull();
    assertThat(text).endsWith("'=g\r\n");
  }
}
