package dev.fairground.harvest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairground.harvest.Defect.Rule;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvListsTest {
  private static final String HEADER =
      "scenario_no,domain_code,domain,scenario,service_name,purpose,delivery_forms,region,price,source\r\n";
  private static final String WELFARE =
      "1,medical-health,医疗健康,公共卫生服务,电子健康证查询服务,公共治理、公益事业,接口,北京市,,某处\r\n";
  private static final String INDUSTRY =
      "2,medical-health,医疗健康,生物医药械全生命周期研究,人员参保缴费数据模型服务,产业发展、行业发展,接口;模型;数据集,北京市,,某处\r\n";

  private static final String LIST = "数据集名称,提供部门,更新周期\n甲,卫健委,每年\n";

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Heard read(CatalogueReader reader, InputStream content) throws IOException {
    var heard = new Heard();
    reader.read(new Document("list.csv", content), heard);
    return heard;
  }

  private static Heard products(String text) throws IOException {
    return read(new ProductListReader(), stream(text));
  }

  private static Heard list(String text) throws IOException {
    return read(new PortalTableReader(), stream(text));
  }

  private static List<String> titles(Heard heard) {
    return heard.resources.stream().map(HarvestedResource::title).toList();
  }

  private static List<String> places(Heard heard, Rule rule) {
    return heard.defects.stream()
        .filter(defect -> defect.rule() == rule)
        .map(Defect::place)
        .toList();
  }

  @Test
  void a_product_is_known_by_its_position_and_says_no_price() throws IOException {
    var heard = products(HEADER + WELFARE + INDUSTRY);

    assertThat(heard.defects).isEmpty();
    assertThat(heard.catalogue).isEqualTo(new CatalogueFacts("某处", true));
    var product = heard.products.get(1);
    assertThat(product.place()).isEqualTo("line 3");
    assertThat(product.code()).isEqualTo("list-002");
    assertThat(product.title()).isEqualTo("人员参保缴费数据模型服务");
    assertThat(product.scenarioCode()).isEqualTo("list-S-02");
    assertThat(product.field()).isEqualTo("医疗健康");
    assertThat(product.purposeClass()).isEqualTo("INDUSTRY");
    assertThat(product.deliveries()).containsExactly("API", "MODEL", "FILE");
    assertThat(product.regionCode()).isEqualTo("110000");
    assertThat(heard.products.getFirst().purposeClass()).isEqualTo("PUBLIC_GOVERNANCE");
  }

  @Test
  void an_unknown_purpose_costs_its_product_and_moves_no_code() throws IOException {
    var heard =
        products(HEADER + WELFARE.replace("公共治理、公益事业", "其他用途") + INDUSTRY.replace("接口", "口述"));

    assertThat(heard.products).extracting(HarvestedProduct::code).containsExactly("list-002");
    assertThat(heard.products.getFirst().deliveries()).containsExactly("MODEL", "FILE");
    assertThat(heard.defects)
        .containsExactly(
            new Defect("line 2", "purpose", Rule.PURPOSE_UNKNOWN, "其他用途"),
            new Defect("line 3", "delivery_forms", Rule.DELIVERY_UNKNOWN, "口述"));
  }

  @Test
  void columns_are_known_by_name_in_any_order_and_among_others() throws IOException {
    var heard = products("备注,purpose,service_name,delivery_forms,service_name\n无,产业发展,甲,接口,乙\n");

    assertThat(heard.products.getFirst().title()).isEqualTo("甲");
    assertThat(heard.products.getFirst().regionCode()).isNull();
  }

  @Test
  void what_is_longer_than_the_market_holds_is_cut_and_told() throws IOException {
    var heard =
        products(HEADER + "9".repeat(80) + ",,,," + "长".repeat(501) + ",产业发展,接口,北京市,,某处\r\n");

    assertThat(heard.products.getFirst().title()).hasSize(500);
    assertThat(heard.products.getFirst().scenarioCode()).hasSizeLessThanOrEqualTo(64);
    assertThat(heard.defects).extracting(Defect::rule).containsOnly(Rule.VALUE_TOO_LONG);
  }

  @Test
  void items_of_one_name_are_told_apart_by_their_class() throws IOException {
    var heard =
        read(
            new ResourceListReader(),
            stream(
                """
                domain,resource_class,resource_item,region,source
                医疗健康,医疗机构数据,医疗机构基本信息,北京市,某处
                医疗健康,公共卫生数据,医疗机构基本信息,西京市,某处
                """));

    assertThat(heard.resources)
        .extracting(HarvestedResource::identifier)
        .containsExactly("医疗机构数据/医疗机构基本信息", "公共卫生数据/医疗机构基本信息");
    assertThat(heard.resources.getFirst().topic()).isEqualTo("医疗健康 / 医疗机构数据");
    assertThat(heard.resources)
        .extracting(HarvestedResource::regionCode)
        .containsExactly("110000", null);
    assertThat(heard.defects)
        .containsExactly(new Defect("line 3", "region", Rule.REGION_UNKNOWN, "西京市"));
  }

  @Test
  void a_list_of_a_portal_is_read_like_its_catalogue() throws IOException {
    var heard = list("某市公共数据资源目录,,\n序号\t数据集名称：\t提供部门\t更新频次\n1\t甲\t卫健委\t每年\n\t\t\n2\t乙\t卫健委\t每月\n");

    assertThat(titles(heard)).containsExactly("甲", "乙");
    assertThat(heard.resources.get(1).identifier()).isEqualTo("卫健委/乙");
    assertThat(heard.resources.get(1).updateFrequency()).isEqualTo("MONTHLY");
    assertThat(heard.resources.get(1).place()).isEqualTo("line 5");
    assertThat(heard.defects).isEmpty();
  }

  @Test
  void a_quote_that_never_closes_costs_its_own_row() throws IOException {
    var heard = list(LIST + "乙,\"卫健委,每年\n丙,卫健委,每年\n丁,\"卫健委\",每年\n戊,\"卫\"健委,每年\n己,\"卫\n健委\",每年\n");

    assertThat(titles(heard)).containsExactly("甲", "丙", "丁", "己");
    assertThat(places(heard, Rule.QUOTE_BROKEN)).containsExactly("line 3", "line 6");
    assertThat(heard.resources.getLast().holder()).isEqualTo("卫 健委");
    assertThat(heard.resources.getLast().place()).isEqualTo("line 7");
  }

  @Test
  void rows_of_another_length_are_told_by_line() throws IOException {
    var heard = list(LIST + "乙\n丙,卫健委,每年,多\n丁,卫健委,每年,,\n");

    assertThat(titles(heard)).containsExactly("甲", "乙", "丁");
    assertThat(places(heard, Rule.CELLS_MISSING)).containsExactly("line 3");
    assertThat(places(heard, Rule.CELLS_TOO_MANY)).containsExactly("line 4");
  }

  @Test
  void all_line_ends_are_line_ends_and_nul_is_nothing() throws IOException {
    var heard = list("数据集名称,提供部门\r\n甲,a\r乙,\0b\n\r\n丙,c");

    assertThat(titles(heard)).containsExactly("甲", "乙", "丙");
    assertThat(heard.resources.get(1).holder()).isEqualTo("b");
    assertThat(places(heard, Rule.CONTROL_CHARACTERS)).containsExactly("line 3");
    assertThat(heard.resources.getLast().place()).isEqualTo("line 5");
  }

  @Test
  void a_cell_of_ten_megabytes_costs_its_own_row() throws IOException {
    var heard = list(LIST + "乙,\"" + "x".repeat(10_000_000) + "\",每年\n丙,卫健委,每年\n");

    assertThat(titles(heard)).containsExactly("甲", "丙");
    assertThat(places(heard, Rule.RECORD_TOO_LARGE)).containsExactly("line 3");
  }

  @Test
  void rows_after_an_open_quote_are_kept_however_many_follow() throws IOException {
    var rows = 300_000;
    var open = LIST + "乙,\"卫健委,每年\n";
    var heard =
        read(
            new PortalTableReader(),
            new SequenceInputStream(
                Collections.enumeration(List.of(stream(open), stream("丙,卫健委,每年\n".repeat(rows))))));

    assertThat(heard.resources).hasSize(rows + 1);
    assertThat(heard.rules()).containsExactly(Rule.QUOTE_BROKEN);
  }

  @Test
  void each_reader_recognises_its_own_header_and_no_other() {
    var product = new Beginning("x", HEADER + WELFARE);
    var resource = new Beginning("x", "source,region,resource_item,resource_class\n");
    var list = new Beginning("x", LIST);
    var data = new Beginning("x", "名称,地址,联系电话\n甲,乙,丙\n");

    assertThat(List.of(product, resource, list, data))
        .filteredOn(new ProductListReader()::recognises)
        .containsExactly(product);
    assertThat(List.of(product, resource, list, data))
        .filteredOn(new ResourceListReader()::recognises)
        .containsExactly(resource);
    assertThat(List.of(product, resource, list, data))
        .filteredOn(new PortalTableReader()::recognises)
        .containsExactly(list);
  }

  @Test
  void a_file_without_the_header_is_no_list() {
    assertThatThrownBy(() -> list("a,b\n1,2\n")).isInstanceOf(UnreadableFile.class);
  }
}
