package dev.fairground.harvest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.harvest.Defect.Rule;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class PortalCatalogueReaderTest {
  private final PortalCatalogueReader reader = new PortalCatalogueReader();

  private Heard read(String name, String text) throws IOException {
    var heard = new Heard();
    reader.read(
        new Document(name, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))), heard);
    return heard;
  }

  @Test
  void a_record_is_read_by_what_its_portals_columns_mean() {
    var heard = Heard.of(reader, "guangxi_baise.json");

    assertThat(heard.catalogue)
        .isEqualTo(new CatalogueFacts("百色公共数据开放平台, https://bs.data.gxzf.gov.cn/", true));
    var resource = heard.resources.getFirst();
    assertThat(resource.place()).isEqualTo("record 1");
    assertThat(resource.locale()).isEqualTo("zh");
    assertThat(resource.title()).isEqualTo("百色市二轻联社服务工作对象信息表");
    assertThat(resource.holder()).isEqualTo("百色市二轻城镇集体工业联合社");
    assertThat(resource.identifier()).isEqualTo("百色市二轻城镇集体工业联合社/百色市二轻联社服务工作对象信息表");
    assertThat(resource.topic()).isEqualTo("工业农业");
    assertThat(resource.sectorCode()).isEqualTo("C");
    assertThat(resource.regionCode()).isEqualTo("451000");
    assertThat(resource.updateFrequency()).isEqualTo("YEARLY");
    assertThat(resource.openness()).isEqualTo("CONDITIONAL");
    assertThat(resource.formats()).containsExactly("xls", "xml", "json", "csv", "rdf");
    assertThat(resource.keywords())
        .containsExactly("表", "工业、交通、邮政", "服务", "年", "百色", "对象", "联社", "市", "信息", "工作", "制造业");
    assertThat(resource.volumeText()).isEqualTo("5 个文件");
    assertThat(resource.releasedOn()).isEqualTo(LocalDate.of(2022, 12, 6));
    assertThat(resource.updatedOn()).isEqualTo(LocalDate.of(2022, 12, 9));
    assertThat(resource.landingPage()).startsWith("https://bs.data.gxzf.gov.cn/bs/catalog/");
  }

  @Test
  void a_sector_called_others_is_none_and_keeps_the_record() {
    var heard = Heard.of(reader, "guangxi_baise.json");

    assertThat(heard.resources.get(1).sectorCode()).isNull();
    assertThat(heard.defects).contains(new Defect("record 2", "所属行业", Rule.SECTOR_UNKNOWN, "其他"));
  }

  @Test
  void two_harvests_know_a_record_by_the_same_identifier_with_and_without_its_address() {
    var first = Heard.of(reader, "anhui_anhui.harvest-1.json").resources;
    var second = Heard.of(reader, "anhui_anhui.harvest-2.json").resources;

    assertThat(first).extracting(HarvestedResource::landingPage).containsOnlyNulls();
    assertThat(second).extracting(HarvestedResource::landingPage).doesNotContainNull();
    assertThat(second)
        .extracting(HarvestedResource::identifier)
        .isEqualTo(first.stream().map(HarvestedResource::identifier).toList());
    assertThat(second).extracting(HarvestedResource::regionCode).containsOnly("340000");
  }

  @Test
  void a_missing_identifier_is_no_defect_of_a_portal() {
    assertThat(Heard.of(reader, "anhui_anhui.harvest-1.json").rules()).isEmpty();
  }

  @Test
  void columns_that_one_portal_alone_has_are_known() {
    var wuhu = Heard.of(reader, "anhui_wuhu.json");
    var resource = wuhu.resources.getFirst();
    assertThat(resource.holder()).isEqualTo("市统计局");
    assertThat(resource.releasedOn()).isEqualTo(LocalDate.of(2022, 12, 15));
    assertThat(resource.updatedOn()).isEqualTo(LocalDate.of(2023, 2, 16));
    assertThat(resource.summary()).startsWith("邮政局所情况_1995 年份,汽车邮路");
    assertThat(wuhu.rules()).doesNotContain(Rule.FIELD_UNKNOWN);

    var jiangsu = Heard.of(reader, "jiangsu_jiangsu.json");
    assertThat(jiangsu.resources.getFirst().keywords()).isNotEmpty();
    assertThat(jiangsu.rules()).doesNotContain(Rule.FIELD_UNKNOWN);
  }

  @Test
  void a_column_means_in_one_portal_what_it_means_in_no_other() throws IOException {
    assertThat(Heard.of(reader, "jiangsu_xuzhou.json").resources.getFirst().sectorCode())
        .isEqualTo("R");
    var elsewhere =
        read("elsewhere.json", "[{\"资源名称\":\"甲\",\"资源提供方\":\"乙\",\"领域\":\"教育\"}]").resources;
    assertThat(elsewhere.getFirst().sectorCode()).isNull();
    assertThat(elsewhere.getFirst().topic()).isEqualTo("教育");
    assertThat(elsewhere.getFirst().regionCode()).isNull();
  }

  @Test
  void an_address_of_all_records_is_told_once() {
    var heard = Heard.of(reader, "shanghai_shanghai.json");

    assertThat(heard.defects)
        .filteredOn(defect -> defect.rule() == Rule.URL_SHARED)
        .extracting(Defect::place)
        .containsExactly("record 2");
    assertThat(heard.resources).extracting(HarvestedResource::identifier).doesNotHaveDuplicates();
  }

  @Test
  void access_that_is_another_columns_or_about_sharing_is_no_openness() {
    var heard = Heard.of(reader, "zhejiang_quzhou.json");

    assertThat(heard.resources)
        .extracting(HarvestedResource::openness)
        .containsExactly(null, "NOT_OPEN", null, null);
    assertThat(heard.resources)
        .extracting(HarvestedResource::opennessText)
        .containsExactly("衢州市律师协会理事信息", "禁止开放", "无条件共享", "开放网站");
    assertThat(heard.defects)
        .filteredOn(defect -> defect.rule() == Rule.OPENNESS_UNKNOWN)
        .extracting(Defect::place)
        .containsExactly("record 1", "record 3", "record 4");
  }

  @Test
  void formats_are_short_names_and_codes_without_a_key_stay() {
    assertThat(Heard.of(reader, "zhejiang_quzhou.json").resources)
        .flatExtracting(HarvestedResource::formats)
        .containsExactly("mysql", "sqlserver", "xlsx", "电子文件");
    assertThat(Heard.of(reader, "zhejiang_wenzhou.json").resources.getFirst().formats())
        .containsExactly("03,0310");
  }

  @Test
  void contacts_are_not_mapped_and_not_told() throws IOException {
    var heard =
        read(
            "sichuan_meishan.json",
            """
            [{"标题": "甲", "提供单位": "乙", "联系电话": " 000-1 \\u0000", "联系方式": {"电话": "000-2"}, "邮箱": "x@y"}]
            """);

    assertThat(heard.resources).hasSize(1);
    assertThat(heard.resources.getFirst().summary()).isNull();
    assertThat(heard.defects.toString()).doesNotContain("000-", "x@y");
  }

  @Test
  void dates_that_no_calendar_has_are_left_out_and_the_record_stays() throws IOException {
    var heard =
        read(
            "fujian_xiamen.json",
            """
            [{"目录名称": "甲", "数据来源": "乙", "发布时间": "9999-99-99", "更新时间": "9999/99/99 99:99:99"}]
            """);

    assertThat(heard.resources.getFirst().releasedOn()).isNull();
    assertThat(heard.rules()).containsExactly(Rule.DATE_IMPOSSIBLE, Rule.DATE_IMPOSSIBLE);
  }

  @Test
  void a_column_that_no_mapping_knows_is_told_once() throws IOException {
    var heard =
        read(
            "elsewhere.json",
            """
            [{"标题": "甲", "天气": "晴"}, {"标题": "乙", "天气": "雨"}]
            """);

    assertThat(heard.defects)
        .containsExactly(new Defect("record 1", "天气", Rule.FIELD_UNKNOWN, null));
    assertThat(heard.resources.get(1).sourceRecord().path("天气").asText()).isEqualTo("雨");
  }

  @Test
  void values_of_a_wrong_type_cost_themselves_only() throws IOException {
    var heard =
        read(
            "elsewhere.json",
            """
            [{"标题": {"zh": "甲"}, "资源名称": ["乙"], "数据量": 12, "标签": [1, null, ["丙"], "丁"], "描述": true}]
            """);

    var resource = heard.resources.getFirst();
    assertThat(resource.title()).isEqualTo("乙");
    assertThat(resource.volumeText()).isEqualTo("12");
    assertThat(resource.keywords()).containsExactly("1", "丁");
    assertThat(heard.defects).contains(new Defect("record 1", "标题", Rule.VALUE_WRONG_TYPE, null));
  }

  @Test
  void a_catalogue_is_recognised_by_its_columns_even_where_the_beginning_breaks_off() {
    assertThat(reader.recognises(new Beginning("x", "\n [ {\"目录名称\":\"a\",\"更新周期\":\"每"))).isTrue();
    assertThat(reader.recognises(new Beginning("x", "[{\"title\":\"a\",\"description\":\"b\"}]")))
        .as("an array of anything that has a title")
        .isFalse();
    assertThat(reader.recognises(new Beginning("x", "[{\"标题\":\"a\",\"联系电话\":\"b\",\"序号\":1}]")))
        .isFalse();
    assertThat(reader.recognises(new Beginning("x", "{\"目录名称\":\"a\",\"更新周期\":\"b\"}"))).isFalse();
    assertThat(reader.recognises(new Beginning("x", "[]"))).isFalse();
    assertThat(reader.recognises(new Beginning("x", "[[[["))).isFalse();
  }
}
