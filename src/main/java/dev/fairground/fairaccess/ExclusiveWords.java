package dev.fairground.fairaccess;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads whether a text of a contract excludes others from dealing, in Chinese or English. Pure. It
 * knows words, not intentions: what it is not sure of it calls a hint, and leaves to people. What
 * denies exclusivity, forbids it or means something else by the word is none.
 */
public final class ExclusiveWords {
  /** What each sentence holds that is looked at; the same for PostgreSQL, without case. */
  public static final String HINTS =
      "独|獨|排\\s*他|唯一|第三方|第三人|其他|他人|任何人|仅|只|exclusiv|sole|\\yonly\\y|third part|other|anyone|anybody|alone"
          // A word that is hidden from the eye is looked at in Java.
          + "|[\\u0400-\\u04ff\\u00ad\\u200b-\\u200f\\u2060\\uff21-\\uff5a]";

  /** How a text is cut into sentences; the same for PostgreSQL. */
  public static final String SENTENCE_END = "[。；;!！?？\\n]|\\.(?=\\s|$)";

  private static final Pattern CUT = Pattern.compile(SENTENCE_END);

  /** What is said of exclusivity. */
  public enum Says {
    NOTHING,
    /** People have to look at it. */
    HINTED,
    /** It excludes others. */
    PLAIN
  }

  private static final Pattern DENIED =
      Pattern.compile(
          "非(独家|排他|独占)(性)?"
              + "|(不|无|没有|并非|不是|不具有?|不构成|不存在|不含有?|不包含|不设|不予|不(授予|给予|享有|获得|取得|拥有)[^，,。；;的]{0,10}?)(任何)?(的)?"
              + "(独家|排他|独占)(性)?([、或及和](独家|排他|独占)(性)?)*"
              // What must not be done to an exclusive right grants it: 不可撤销的独家授权.
              + "|(不得|禁止|不应|不可|不会|不允许|不要求|不以|未|无权|严禁)"
              + "((?!撤销|变更|终止|解除|取消|影响|损害|侵犯|侵害|妨碍|干涉|限制|转让|收回|违反|破坏)[^，,。；;]){0,14}?(?<!的)(独家|排他|独占)(性)?[^，,。；;]{0,8}"
              + "|唯一(性|的?(标识|编号|编码|识别|索引|主键|代码|键|依据|联系|凭证|地址|例外|目的|用途|解释))"
              + "|唯一的?[^，,。；;]{0,4}依据"
              // What must not be hindered is the dealing with others.
              + "|(不得|不应|不会|不能|禁止|严禁|不)(以任何方式)?(限制|妨碍|阻止|阻碍|排斥|禁止|干涉)[^，,。；;]{0,10}?(与|向|从|同)(任何)?(其他|他人|第三方|第三人)[^，,。；;]{0,12}"
              + "|排他(性)?(管辖|锁)"
              // Names of companies.
              + "|独家((?!给|归|由|向|与|为|的|性|权|授|许可|使用|合作|经营|代理|提供|供应|采购|购买|交易|开发|销售|承)[\\p{IsHan}（）()]){0,10}?(有限责任|股份有限|有限)公司"
              + "|其他(事项|约定|条款|说明|情形|费用|方式|权利|义务|法律|规定|信息|资料|数据)");

  private static final Pattern PLAIN =
      Pattern.compile(
          "(授权|许可|使用权|合作|方式|类型|性质)[^，,。；;]{0,4}?[为是：:](独家|排他|独占)"
              + "|除(了)?(乙方|使用方|被授权方|被许可方|需求方|买方|需方|受让方)[^，,。；;]{0,2}?(以外|之外|外)[，,]?[^，,。；;]{0,12}?(不再|不得|不能|不会|不)(再|另行)?(向|给|对|与|授权|许可)"
              + "|(仅|只)(能|可|限|限于|可以)?(授权|许可|向|给|对|由|供)[^，,。；;]{1,16}?(一家|独家)"
              + "|(独家|独占)(的|性|地)?(授权|使用|许可|合作|经营|代理|提供|供应|采购|购买|交易|享有|取得|获得|拥有|开发|销售|运营|权|方式|持有)"
              + "|(独家|独占)(授予|给予)"
              + "|排他(的|性|性的)?(地)?(授权|使用|许可|权|合作|交易|地位|经营|开发|供应|采购|提供|方式|协议|安排)"
              + "|唯一(的)?(持有(人|方|者)|使用(人|方|者)|被授权|被许可|合作(方|伙伴|者)|买方|客户|供应(商|方)|提供(方|者|商)|用户|购买(人|方|者)|受让|渠道|代理|需求方|开发(者|方|主体))"
              + "|(不得|不能|不可|不再|禁止|不应)(再|另行|同时|自行|擅自)?(与|同|和|跟)(任何)?(第三方|第三人|其他|他人|别的|竞争)(?![^，,。；;]{0,12}(共享|分享|共用|交换|披露|讨论|透露|泄露|传播|混同|结合|关联|融合|比对))"
              + "|(不得|不能|不可|不再|禁止|不应)(再|另行|同时|自行)?(向|从|由)(任何)?(第三方|第三人|其他|他人|别的|竞争)[^，,。；;]{0,16}?(采购|购买|订购|获取|取得|引入)"
              + "|(不得|不能|不可|不再|禁止|不应)(再|另行|同时|自行)?(使用|采购|购买|接受|引入)(任何)?(第三方|第三人|其他|他人|别的|竞争)[^，,。；;]{0,16}?(服务|产品|数据|报价|供应)"
              + "|(仅|只)(能|可|限|限于|可以|得)?(与|向|从|由)[^，,。；;]{1,24}?(采购|购买|交易|合作|签约|签订|订购)");

  private static final Pattern OPERATOR_REFUSES =
      Pattern.compile(
          "(运营机构|运营方|授权方|提供方|供方|甲方|卖方|出让方|许可方)[^，,。；;]{0,12}?(不得|不能|不再|不会|不)(再|另行|同时)?(授权|许可|提供|供应|开放)(给|予|与)?(任何)?(第三方|第三人|其他|他人)"
              + "|(运营机构|运营方|授权方|提供方|供方|甲方|卖方|出让方|许可方)[^，,。；;]{0,12}?(不得|不能|不再|不会|不)(再|另行|同时)?(向|给|对)?(任何)?(第三方|第三人|其他|他人)[^，,。；;]{0,20}?(提供|授权|许可|供应|开放|授予|销售)"
              + "|(运营机构|运营方|授权方|提供方|供方|甲方|卖方|许可方)[^，,。；;]{0,12}?(仅|只)(能|可|限)?(向|给|对)[^，,。；;]{1,24}?(提供|授权|许可|供应|开放|授予|销售)");

  /** That data is not to be passed on is no exclusivity. */
  private static final Pattern PASSING_ON =
      Pattern.compile(
          "(不得|不能|不可|禁止|不应|严禁|未经[^，,。；;]{0,16}?不得)[^。；;]{0,10}?(向|给|对|让|由|供|与|和|同)?(任何)?(第三方|第三人|其他|他人)[^。；;]{0,24}?(提供|披露|泄露|转让|转售|公开|传输|转授权|共享|分享|出售|复制|透露|使用)"
              + "|(转让|披露|泄露|转售|透露|转授权|共享|出售|提供)(给)?(任何)?(第三方|第三人|其他|他人)");

  private static final Pattern HINTED =
      Pattern.compile(
          "独家|排他|独占|独此一家|唯一|(不得|不能|不可|不再|禁止|不应)[^，,。；;]{0,12}?(第三方|第三人|其他(机构|企业|单位|主体|人|方|供应|运营)|他人)"
              + "|(仅限|只限|仅能|只能|仅可|只可)(与|向|从)");

  private static final Pattern DENIED_EN =
      Pattern.compile(
          "non[- ]?exclusiv\\w*"
              // Not so where something must not happen to an exclusive right.
              + "|\\b((can)?not|no|never|neither|nor|without|nothing)\\b"
              + "((?!\\b(terminat|revo|limit|restrict|impair|affect|prejudic|transfer|assign|cancel|withdraw|infring|interfer|derogat|reduc|alter|chang|amend|diminish|and|but|which|that)\\w*)[^.;,]){0,60}?\\bexclusiv\\w*"
              + "|exclusive of|mutually exclusive|exclusive (jurisdiction|venue|forum|competence)"
              + "|exclusive(ly)? (remedy|remedies|responsib\\w*|property)|\\bsole (discretion|purpose|responsib\\w*|remedy|cost|risk|expense)"
              + "|(each|the|one|either) other\\b|other than|otherwise|among other|in other words");

  private static final Pattern PLAIN_EN =
      Pattern.compile(
          "\\b(licen[cs]e|grant|right|access|use|authori[sz]ation) (is|are|be)( granted)?( on)?( an)? exclusive"
              + "|exclusive (right|licen[cs]\\w*|use|access|suppl\\w*|deal\\w*|purchas\\w*|distribut\\w*|agreement|basis|customer|user|holder|partner\\w*|grant|arrangement|contract|provider)"
              + "|\\bsole right|\\b(buy|purchase|obtain|procure|source)\\w*\\b[^.;]{0,50}? (solely|only|exclusively)$"
              + "|\\bno (other|third) part\\w* (shall|may|will) (receive|obtain|have|use|be (granted|given|licen[cs]ed))"
              + "|\\bsole(ly)? (licensee|holder|user|customer|supplier|buyer|distributor|partner|provider)"
              + "|\\b(buy|purchase|obtain|procure|deal|trade|contract|source|cooperate|work)\\w*\\b[^.;]{0,50}?\\b(solely|only|exclusively) (with|from)\\b"
              + "|\\b(buy|purchase|obtain|procure|deal|trade|contract|source|cooperate)s?\\b[^.;]{0,50}?\\b(with|from) [^.;,]{1,40}? (alone|only|solely|exclusively)\\b"
              + "|\\bdeals? only with\\b|\\bno other (sources?|providers?|suppliers?|operators?|vendors?)\\b"
              + "|\\b(solely|exclusively) with\\b"
              + "|\\b(shall|may|must|will|can) ?not\\b[^.;]{0,40}?\\b(deal|contract|trade|cooperate|purchase|buy|procure|source|obtain)\\w*\\b[^.;]{0,50}?\\b(third part\\w*|others?|another|anyone else|competitor\\w*)"
              + "|\\b(operator|licensor|provider|supplier|seller)\\b[^.;]{0,30}?\\b(shall|may|must|will|can) ?not\\b[^.;]{0,40}?\\b(suppl\\w*|licen[cs]e|sell|grant|provide|offer|give)\\b[^.;]{0,50}?\\b(third part\\w*|others?|another|anyone else|competitor\\w*)");

  private static final Pattern HINTED_EN =
      Pattern.compile(
          "exclusiv|\\bsole\\b|only (with|from|through)\\b|\\b(shall|may|must|will|can) ?not\\b[^.;]{0,60}?\\b(another|competitor|anyone else|other (operator|provider|supplier|part|user|customer))");

  /** That data is not to be passed on is no exclusivity. */
  private static final Pattern PASSING_ON_EN =
      Pattern.compile(
          "\\bnot\\b[^.;]{0,40}?\\b(disclose|transfer|resell|sublicen[cs]e|share|pass|redistribute|publish|distribute)\\w*\\b[^.;]{0,60}");

  private ExclusiveWords() {}

  /** The gravest of what its sentences say. */
  public static Says of(String text) {
    return sentences(text).map(ExclusiveWords::sentence).max(Enum::compareTo).orElse(Says.NOTHING);
  }

  /** The sentences that say it plainly or hint at it. */
  public static List<String> found(String text) {
    return sentences(text).filter(one -> sentence(one) != Says.NOTHING).toList();
  }

  private static Stream<String> sentences(String text) {
    return CUT.splitAsStream(text).map(String::strip).filter(one -> !one.isEmpty());
  }

  private static final Pattern INVISIBLE =
      Pattern.compile("\\p{Cf}+|(?<=\\p{IsHan})[\\s*·]+(?=\\p{IsHan})");
  private static final String LIKE = "асеорхуіѕј獨權佔與許";
  private static final String LATIN = "aceopxyisj独权占与许";

  /** Without what hides a word from a reader of characters: wide, invisible and foreign ones. */
  private static String plain(String sentence) {
    var text = Normalizer.normalize(sentence, Normalizer.Form.NFKC);
    text = INVISIBLE.matcher(text).replaceAll("").replaceAll("\\s+", " ");
    var out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      var place = LIKE.indexOf(Character.toLowerCase(text.charAt(i)));
      out.append(place < 0 ? text.charAt(i) : LATIN.charAt(place));
    }
    return out.toString();
  }

  private static Says sentence(String sentence) {
    var text = DENIED.matcher(plain(sentence)).replaceAll("—");
    text = DENIED_EN.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("—");
    if (PLAIN.matcher(text).find()
        || OPERATOR_REFUSES.matcher(text).find()
        || PLAIN_EN.matcher(text).find()) {
      return Says.PLAIN;
    }
    text = PASSING_ON.matcher(text).replaceAll("—");
    text = PASSING_ON_EN.matcher(text).replaceAll("—");
    return HINTED.matcher(text).find() || HINTED_EN.matcher(text).find()
        ? Says.HINTED
        : Says.NOTHING;
  }
}
