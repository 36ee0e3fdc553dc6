package dev.fairground.fairaccess;

/** The checks by their codes; docs/checks.md says what each asks. */
public enum Check {
  FA_01(Subject.PRODUCT, "在授权范围内", "Within the authorized scope"),
  FA_02(Subject.PRODUCT, "在授权期限内", "Within the term"),
  FA_03(Subject.PRODUCT, "与应用场景相符", "Matching the scenario"),
  FA_04(Subject.PRODUCT, "资源和产品已登记且有效", "Registered and valid"),
  FA_05(Subject.PRODUCT, "符合分类分级要求", "Classified and graded"),
  FA_06(Subject.PRODUCT, "不超过最高收费标准", "Within the price ceiling"),
  FA_07(Subject.PRODUCT, "公共治理、公益事业免费", "Free for governance and welfare"),
  FA_08(Subject.ACCESS_GRANT, "同等条件同等对待", "Equal terms to equal applicants"),
  FA_09(Subject.ACCESS_GRANT, "不独家、不排他交易", "No exclusive dealing"),
  FA_10(Subject.ACCESS_REQUEST, "仅依公布的理由拒绝", "Refusal for published reasons only"),
  FA_11(Subject.ACCESS_REQUEST, "不事后增设条件", "No conditions added later"),
  FA_12(Subject.ACCESS_REQUEST, "按期答复申请", "Decided in time"),
  FA_13(Subject.OPERATOR, "清单已公布且及时更新", "List published and up to date"),
  FA_15(Subject.ACCESS_GRANT, "报告使用情况", "Use reported"),
  FA_16(Subject.PRODUCT, "不参与再开发（关联方）", "No redevelopment by related parties"),
  FA_17(Subject.PRODUCT, "不搭售", "No tying"),
  FA_18(Subject.MARKET, "市场平台不自我优待", "No self-preferencing by the marketplace"),
  FA_19(Subject.AUTHORIZATION, "监管与运营分离", "Supervision apart from operation"),
  FA_20(Subject.PRODUCT, "汇聚风险", "Aggregation risk"),
  FA_21(Subject.OPERATOR, "不超过最高准许收入", "Within the revenue cap"),
  FA_24(Subject.AUTHORIZATION, "竞争性、非排他授权", "Authorization won in competition"),
  FA_25(Subject.ACCESS_GRANT, "退出时保持连续", "Continuity on exit"),
  FA_26(Subject.ACCESS_GRANT, "小微主体的基本条件", "Minimum conditions for small users");

  private final Subject subject;
  private final String title;
  private final String titleEn;

  Check(Subject subject, String title, String titleEn) {
    this.subject = subject;
    this.title = title;
    this.titleEn = titleEn;
  }

  /** What a check is about; some are about others beside. */
  public enum Subject {
    PRODUCT,
    AUTHORIZATION,
    OPERATOR,
    MARKET,
    ACCESS_REQUEST,
    ACCESS_GRANT
  }

  /** As rules and people write it: {@code FA-01}. */
  public String code() {
    return name().replace('_', '-');
  }

  public Subject subject() {
    return subject;
  }

  public String title() {
    return title;
  }

  public String titleEn() {
    return titleEn;
  }
}
