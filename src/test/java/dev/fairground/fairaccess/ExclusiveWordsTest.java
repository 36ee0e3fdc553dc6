package dev.fairground.fairaccess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.fairaccess.ExclusiveWords.Says;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExclusiveWordsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "甲方授予乙方本产品的独家使用权。",
        "本合同为排他性许可",
        "乙方是本产品的唯一被授权人",
        "乙方不得与第三方合作",
        "乙方不得再向其他运营机构采购同类产品",
        "乙方只能向甲方采购数据服务",
        "乙方不得使用第三方的同类产品",
        "运营机构不得再向其他申请人提供本产品",
        "甲方仅向乙方提供本产品",
        "The operator grants an exclusive licence.",
        "The holder shall not purchase like products from any other operator.",
        "The holder deals solely with the operator.",
        "The operator shall not supply the product to third parties.",
        "The holder is the sole licensee",
        "不可撤销的独家授权",
        "不可转让、不可撤销的独家使用权",
        "甲方不得损害乙方的独家授权",
        "授权方式为独家",
        "除乙方外，甲方不再向任何人提供",
        "仅授权乙方一家使用",
        "甲方不得再许可给任何第三方",
        "獨家授權",
        "独 家 授 权",
        "Exсlusive licence",
        "This licence is exclusive",
        "The holder undertakes to buy from the operator only",
        "The operator shall not impair the exclusive right of the holder",
        "The holder shall obtain such data from the operator alone.",
        "The holder uses no other source of such data.",
        "A discount is given if the holder deals only with us.",
        "The operator will not give this data to any third party during the term."
      })
  void what_excludes_others_is_plain(String text) {
    assertThat(ExclusiveWords.of(text)).isEqualTo(Says.PLAIN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "使用权为非独家、非排他的使用权",
        "本授权不具有排他性",
        "任何一方不得要求独家合作",
        "本合同不排除乙方与他人合作",
        "乙方不得向第三方披露、转让本产品数据",
        "未经甲方书面同意，乙方不得将数据提供给第三方",
        "每条记录有唯一标识",
        "其他事项由双方协商",
        "按接口交付，每月结算",
        "This licence is non-exclusive.",
        "The right is not exclusive",
        "The fee is exclusive of tax.",
        "The courts of Beijing have exclusive jurisdiction.",
        "The holder shall not disclose the data to third parties.",
        "Each party informs the other party in writing.",
        "不授予使用方任何独家权利",
        "查询结果不得作为唯一的拒贷依据",
        "运营机构不得限制申请人与他人交易",
        "使用方不享有独家使用权",
        "本协议不排他",
        "不含任何独家、排他条款",
        "北京独家科技有限公司享有本合同项下权利",
        "使用方不得与第三方共享本产品数据",
        "除法律另有规定外，不得向第三方提供",
        "除本合同另有约定外，任何一方不得向第三方披露",
        "does not grant and shall not be construed as granting any exclusive right",
        "The price is exclusive of VAT and other charges",
        "The holder obtains the data from the interface, and is alone responsible for its use.",
        "The holder shall obtain consent from the person."
      })
  void what_denies_it_or_means_something_else_is_none(String text) {
    assertThat(ExclusiveWords.of(text)).isEqualTo(Says.NOTHING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"以独家口径发布统计", "乙方不得使用其他机构的系统", "The holder works on an exclusivity roadmap"})
  void what_may_do_so_is_left_to_people(String text) {
    assertThat(ExclusiveWords.of(text)).isEqualTo(Says.HINTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"甲方按月交付。乙方享有独家使用权；其他事项另行约定。"})
  void the_sentence_that_says_it_is_found(String text) {
    assertThat(ExclusiveWords.found(text)).containsExactly("乙方享有独家使用权");
  }
}
