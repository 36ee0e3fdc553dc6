package dev.fairground.bench;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Words of the texts in {@code bench/market.sql}.
 *
 * @param titles of products
 * @param initials of their readings
 * @param resources titles of resources
 */
record MarketWords(List<String> titles, List<String> initials, List<String> resources) {
  static final List<String> CITIES = List.of("北京", "上海", "杭州", "贵阳", "济南", "福州", "成都");
  static final List<String> THEMES =
      List.of("企业信用", "道路交通", "医疗健康", "气象服务", "教育培训", "社会保障", "不动产", "物流供应链");
  static final List<String> MIDDLING =
      List.of(
          "北京", "上海", "杭州", "贵阳", "济南", "福州", "成都", "信用", "道路", "交通", "医疗", "健康", "气象", "教育", "培训",
          "社会", "保障", "动产", "物流", "供应", "查询", "核验", "接口", "分析", "报告", "指数", "模型", "据集");
  static final String SUMMARY = "面向企业和公众的公共数据产品，由授权运营机构依据授权协议加工并提供。";
  static final List<String> EVERYWHERE =
      List.of(
          "面向", "企业", "公众", "公共", "数据", "产品", "授权", "运营", "机构", "依据", "协议", "加工", "提供", "信息", "公司",
          "有限");
  static final List<String> RARE =
      List.of(
          "窨井", "路灯", "绿道", "公厕", "古树", "水库", "堤防", "渔港", "牧场", "茶园", "粮库", "冷链", "苗圃", "矿山", "危房",
          "公墓", "殡葬", "慈善", "彩票", "福利", "养老", "托育", "疫苗", "献血", "急救", "药店", "医保", "公交", "地铁", "轮渡",
          "航标", "驾校", "停车", "充电", "光伏", "风电", "燃气", "热力", "污水", "垃圾", "噪声", "辐射", "地震", "滑坡", "台风",
          "雷电", "渔业", "林权", "农机", "种子", "化肥", "兽药", "屠宰", "民宿", "景区", "剧院", "廉租", "尾矿", "名木", "自来");
  static final List<String> RAREST =
      List.of(
          "鲸豚", "陨石", "冰雹", "蜜蜂", "桑蚕", "岩画", "灯塔", "界碑", "古井", "驿站", "钟楼", "编钟", "皮影", "木偶", "剪纸",
          "漆器", "锦绣", "龙舟", "舞狮", "糖画");
  static final List<String> ENGLISH = List.of("public", "data", "service", "services", "operator");
  static final List<String> RESOURCES =
      List.of("企业", "交通", "医疗", "气象", "教育", "社保", "不动产", "信用", "登记", "监测", "许可", "处罚", "统计", "名录");
  static final List<String> ORGANIZATIONS = List.of("公共", "数据", "运营", "有限", "公司", "public data");

  private static final int SAMPLE = 1_000;

  /** Characters that no text of the market has. */
  private static final String UNHEARD = "犇羴鱻麤龘靐齉爨癵驫籱飍纞厵滟毳淼焱垚鑫";

  static MarketWords of(Market market) throws SQLException {
    var titles = new ArrayList<String>();
    var initials = new ArrayList<String>();
    var resources = new ArrayList<String>();
    var random = new Random(3);
    try (var connection = Market.connect(market.address());
        var statement = connection.createStatement()) {
      try (var found =
          statement.executeQuery(
              "select title, search_initials(search_fold(title)) from product_version where code in ("
                  + codes("P-", market.products(), random)
                  + ")")) {
        while (found.next()) {
          titles.add(found.getString(1));
          initials.add(found.getString(2));
        }
      }
      try (var found =
          statement.executeQuery(
              "select title from data_resource_version where code in ("
                  + codes("R-", market.products() / 2, random)
                  + ")")) {
        while (found.next()) {
          resources.add(found.getString(1));
        }
      }
    }
    return new MarketWords(titles, initials, resources);
  }

  private static String codes(String prefix, int all, Random random) {
    return String.join(
        ", ",
        IntStream.range(0, SAMPLE)
            .mapToObj(i -> "'" + prefix + random.nextInt(all) + "'")
            .toList());
  }

  static String any(List<String> words, Random random) {
    return words.get(random.nextInt(words.size()));
  }

  /** Different ones, with spaces between. */
  static String several(List<String> words, int many, Random random) {
    var shuffled = new ArrayList<>(words);
    Collections.shuffle(shuffled, random);
    return String.join(" ", shuffled.subList(0, many));
  }

  /** A word in no text of the market. */
  static String unheard(Random random) {
    var letters = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      letters.append(UNHEARD.charAt(random.nextInt(UNHEARD.length())));
    }
    return letters.toString();
  }
}
