package dev.fairground.harvest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PortalWordsTest {
  @Test
  void keywords_are_parted_by_the_strongest_separator_alone() {
    assertThat(PortalWords.keywords("公开\r\n\t公共管理、社会保障和社会组织\r\n\t年度计划"))
        .containsExactly("公开", "公共管理、社会保障和社会组织", "年度计划");
    assertThat(PortalWords.keywords("水利、环境和公共设施管理业,气象服务")).containsExactly("水利、环境和公共设施管理业", "气象服务");
    assertThat(PortalWords.keywords("信息、景点、基本、_")).containsExactly("信息", "景点", "基本");
    assertThat(PortalWords.keywords("台州 乡镇 地理 信息")).containsExactly("台州", "乡镇", "地理", "信息");
    assertThat(PortalWords.keywords("甲；乙;丙")).containsExactly("甲", "乙", "丙");
    assertThat(PortalWords.keywords(" ")).isEmpty();
  }

  @Test
  void formats_are_read_from_lists_printed_lists_and_classes() {
    assertThat(PortalWords.formats("['xls', 'json', '接口']")).containsExactly("xls", "json", "api");
    assertThat(PortalWords.formats("[xml,xls,csv]")).containsExactly("xml", "xls", "csv");
    assertThat(PortalWords.formats("EXCEL,DOC")).containsExactly("excel", "doc");
    assertThat(PortalWords.formats("电子表格-xlsx")).containsExactly("xlsx");
    assertThat(PortalWords.formats("数据库-其他")).containsExactly("数据库");
    assertThat(PortalWords.formats("DB数据库")).containsExactly("db");
    assertThat(PortalWords.formats("03,0310")).containsExactly("03,0310");
    assertThat(PortalWords.formats("[]")).isEmpty();
  }

  @Test
  void a_topic_is_said_once() {
    assertThat(PortalWords.topics("城乡建设,城乡建设,城乡建设")).isEqualTo("城乡建设");
    assertThat(PortalWords.topics("政法、监察")).isEqualTo("政法、监察");
  }
}
