package dev.fairground.harvest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;

class CharsetsTest {
  private static final String CHINESE = "{\"title\":\"市场主体登记信息\",\"dept\":\"数据局\"}";
  private static final String FRENCH = "titre;éditeur\nMontréal;Société générale, créée à Genève\n";

  private final List<String> told = new ArrayList<>();

  private InputStream utf8(InputStream bytes) {
    return Charsets.utf8(
        bytes, defect -> told.add(defect.rule() + " " + String.valueOf(defect.value())));
  }

  private String read(byte[] bytes) throws IOException {
    told.clear();
    return new String(utf8(new ByteArrayInputStream(bytes)).readAllBytes(), StandardCharsets.UTF_8);
  }

  private String read(String text, String charset) throws IOException {
    return read(text.getBytes(Charset.forName(charset)));
  }

  @Test
  void utf_8_stays_as_it_is() throws IOException {
    var text = (CHINESE + "𠮷é\n").repeat(10_000);

    assertThat(read(text, "UTF-8")).isEqualTo(text);
    assertThat(told).isEmpty();
  }

  @Test
  void a_byte_order_mark_is_dropped_and_believed() throws IOException {
    assertThat(read("\uFEFF" + CHINESE, "UTF-8")).isEqualTo(CHINESE);
    assertThat(told).isEmpty();
    for (var charset : List.of("UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE")) {
      assertThat(read("\uFEFF" + CHINESE, charset)).isEqualTo(CHINESE);
      assertThat(told).containsExactly("WRONG_ENCODING " + charset);
    }
  }

  @Test
  void wide_encodings_without_a_mark_are_known_by_their_zeros() throws IOException {
    for (var charset : List.of("UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE")) {
      assertThat(read(CHINESE, charset)).isEqualTo(CHINESE);
      assertThat(told).containsExactly("WRONG_ENCODING " + charset);
    }
    var table = "标题,部门\n市场主体登记信息,数据局\n".repeat(500);
    assertThat(read(table, "UTF-16LE")).isEqualTo(table);
  }

  @Test
  void chinese_of_older_systems_is_read() throws IOException {
    for (var charset : List.of("GBK", "GB18030", "GB2312")) {
      assertThat(read(CHINESE.repeat(9_000), charset)).isEqualTo(CHINESE.repeat(9_000));
      assertThat(told).containsExactly("WRONG_ENCODING GB18030");
    }
  }

  @Test
  void western_text_is_not_taken_for_chinese() throws IOException {
    assertThat(read(FRENCH, "windows-1252")).isEqualTo(FRENCH);
    assertThat(told).containsExactly("WRONG_ENCODING windows-1252");
    // Each accented letter and the plain one behind it are a character of GB 18030 as well.
    assertThat(read("Montréal", "windows-1252")).isEqualTo("Montréal");
    assertThat(read("Straße", "windows-1252")).isEqualTo("Straße");
  }

  @Test
  void the_encoding_is_decided_where_the_first_letter_beyond_ascii_stands() throws IOException {
    var ascii = "a,b,c\n".repeat(30_000);

    assertThat(read(ascii + CHINESE, "GB18030")).isEqualTo(ascii + CHINESE);
    assertThat(told).containsExactly("WRONG_ENCODING GB18030");
    assertThat(read(ascii + CHINESE, "UTF-8")).isEqualTo(ascii + CHINESE);
    assertThat(told).isEmpty();
  }

  @Test
  void no_character_is_cut_where_the_decision_ends() throws IOException {
    for (int ascii = 0; ascii < 6; ascii++) {
      var text = "a".repeat(ascii) + "数据".repeat(40_000) + "𠮷".repeat(20_000);
      assertThat(read(text, "UTF-8")).isEqualTo(text);
      assertThat(told).isEmpty();
      assertThat(read(text, "GB18030")).isEqualTo(text);
      assertThat(told).containsExactly("WRONG_ENCODING GB18030");
    }
  }

  @Test
  void broken_bytes_are_replaced_and_told_once() throws IOException {
    var good = "数据".repeat(50_000).getBytes(StandardCharsets.UTF_8);
    var bytes = Packing.joined(good, new byte[] {(byte) 0xFF, 'x', (byte) 0xE4}, good);

    assertThat(read(bytes)).isEqualTo("数据".repeat(50_000) + "\uFFFDx\uFFFD" + "数据".repeat(50_000));
    assertThat(told).containsExactly("ENCODING_BROKEN 0xFF at byte 300001");
  }

  @Test
  void one_broken_byte_at_the_beginning_makes_no_other_encoding() throws IOException {
    var bytes =
        Packing.joined(new byte[] {'x', (byte) 0xC0}, "市场主体登记信息".getBytes(StandardCharsets.UTF_8));

    assertThat(read(Packing.joined(bytes, CHINESE.getBytes(StandardCharsets.UTF_8))))
        .isEqualTo("x\uFFFD市场主体登记信息" + CHINESE);
    assertThat(told).containsExactly("ENCODING_BROKEN 0xC0 at byte 2");
  }

  @Test
  void a_character_that_is_cut_by_the_end_is_broken() throws IOException {
    assertThat(read(Packing.first(8, "数据局".getBytes(StandardCharsets.UTF_8))))
        .isEqualTo("数据\uFFFD");
    assertThat(told).singleElement().asString().startsWith("ENCODING_BROKEN");
  }

  @Test
  void an_xml_declaration_says_utf_8_afterwards() throws IOException, XMLStreamException {
    for (var charset : List.of("GB2312", "ISO-8859-1", "windows-1252", "UTF-16LE", "UTF-16BE")) {
      var declared = charset.startsWith("UTF-16") ? "UTF-16" : charset;
      var text = charset.equals("GB2312") ? "公共数据" : "Société";
      var xml =
          "<?xml version='1.0' encoding='" + declared + "' standalone='yes'?>\n<a>" + text + "</a>";
      var bytes = xml.getBytes(Charset.forName(charset));

      assertThat(read(bytes))
          .isEqualTo(
              "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n<a>" + text + "</a>");
      assertThat(told).containsExactly("WRONG_ENCODING " + charset);
      var parser =
          XMLInputFactory.newFactory().createXMLStreamReader(utf8(new ByteArrayInputStream(bytes)));
      parser.nextTag();
      assertThat(parser.getElementText()).isEqualTo(text);
    }
  }

  @Test
  void an_xml_declaration_that_is_not_true_is_not_believed() throws IOException {
    var head = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>";

    assertThat(read(head + "公共数据</a>", "UTF-8"))
        .isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?><a>公共数据</a>");
    assertThat(told).isEmpty();
    assertThat(read("<?xml version=\"1.0\" encoding=\"no-such\"?><a>数据</a>", "GBK")).contains("数据");
    assertThat(read("<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>a</a>", "UTF-8"))
        .contains("<a>a</a>");
  }

  @Test
  void a_failure_comes_behind_what_was_read_before_it() throws IOException {
    var failing =
        new SequenceInputStream(
            new ByteArrayInputStream("数据".getBytes(StandardCharsets.UTF_8)),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("the disk is gone");
              }
            });
    var text = utf8(failing);

    assertThat(new String(text.readNBytes(6), StandardCharsets.UTF_8)).isEqualTo("数据");
    assertThatThrownBy(text::read).hasMessage("the disk is gone");
    assertThat(told).isEmpty();
  }

  @Test
  void nothing_is_nothing() throws IOException {
    assertThat(read(new byte[0])).isEmpty();
    assertThat(read("\uFEFF", "UTF-8")).isEmpty();
    assertThat(told).isEmpty();
  }
}
