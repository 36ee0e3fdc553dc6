-- Search over the market: words of all texts of what is current, in a form that answers by relevance within bounds.

-- A text as it is searched: NFKC, lower case, and one space where anything else than letters and digits stood.
create function search_fold(words text) returns text
language sql immutable parallel safe strict as $$
  select btrim(regexp_replace(lower(normalize(words, nfkc)), '[\W_]+', ' ', 'g'))
$$;

-- Letters are what the database's locale takes for letters; one that knows those of English alone would find nothing.
do $$
begin
  if search_fold('ＧＤＰ、统计') <> 'gdp 统计' then
    raise exception 'this database knows no letters beyond ASCII: create it with the locale C.UTF-8 or another of UTF-8'
      using errcode = 'feature_not_supported';
  end if;
end
$$;

-- Parts of a folded text in their order: Chinese, Japanese and Korean runs, and words of other letters.
create function search_runs(folded text) returns text[]
language sql immutable parallel safe strict as $$
  select string_to_array(
    btrim(regexp_replace(regexp_replace(folded, '([^ ⺀-鿿가-힯豈-﫿𠀀-𳎯]+)', ' \1 ', 'g'), ' +', ' ', 'g')), ' ')
$$;

-- Tokens that a folded text is found by: characters and pairs of characters of Chinese, Japanese and Korean; other words as
-- they stand, and without their English ending. May repeat. Characters alone are left out where "singles" is false.
create function search_tokens(folded text, singles boolean) returns text[]
language plpgsql immutable parallel safe strict as $$
declare
  tokens text[] := '{}';
  run text;
  letters text[];
  letter text;
  before text;
  stem text;
begin
  foreach run in array search_runs(folded) loop
    if run ~ '^[⺀-鿿가-힯豈-﫿𠀀-𳎯]' then
      letters := string_to_array(run, null);
      if singles or cardinality(letters) = 1 then
        tokens := tokens || letters;
      end if;
      before := letters[1];
      foreach letter in array letters[2:] loop
        tokens := tokens || (before || letter);
        before := letter;
      end loop;
    elsif run <> '' then
      run := left(run, 64);
      tokens := tokens || run;
      if run ~ '^[a-z]{3,}$' then
        stem := (ts_lexize('english_stem', run))[1];
        if stem <> run then
          tokens := tokens || stem;
        end if;
      end if;
    end if;
  end loop;
  return tokens;
end
$$;

-- What a caller's text asks for: all its words, the last one also as a beginning; null without a single word. Words
-- that English uses for grammar only do not count beside others.
create function search_query(words text) returns tsquery
language plpgsql immutable parallel safe strict as $$
declare
  runs text[] := search_runs(search_fold(words));
  run text;
  stem text[];
  place integer := 0;
  parts text[] := '{}';
  grammar text[] := '{}';
begin
  foreach run in array runs loop
    place := place + 1;
    if run ~ '^[⺀-鿿가-힯豈-﫿𠀀-𳎯]' then
      if length(run) = 1 then
        parts := parts || quote_literal(run);
      end if;
      for i in 1 .. length(run) - 1 loop
        parts := parts || quote_literal(substr(run, i, 2));
      end loop;
      continue;
    end if;
    run := left(run, 64);
    stem := case when run ~ '^[a-z]{2,}$' then ts_lexize('english_stem', run) end;
    if cardinality(stem) = 0 then
      grammar := grammar || quote_literal(run);
    elsif place = cardinality(runs) and length(run) > 1 then
      parts := parts || (case when stem[1] <> run then '(' || quote_literal(run) || ':* | ' || quote_literal(stem[1]) || ')'
                              else quote_literal(run) || ':*' end);
    else
      parts := parts || quote_literal(coalesce(stem[1], run));
    end if;
  end loop;
  return array_to_string(case when parts = '{}' then nullif(grammar, '{}') else parts end, ' & ')::tsquery;
end
$$;

-- How well an entry answers, from 1,000: whole title, its beginning, the words together in it, all words in it, in
-- names that belong to it, anywhere. Among equals shorter titles first.
create function search_score(folded text, translated text, names text, size integer, in_title boolean, asked text, parts text[])
returns integer language sql immutable parallel safe as $$
  select 1000 * case
           when in_title then
             case when folded = asked then 6
                  when starts_with(folded, asked) then 5
                  when strpos(folded, asked) > 0 or strpos(translated, asked) > 0 then 4
                  else 3 end
           when folded || ' ' || translated || ' ' || names like all (parts) then 2
           else 1 end
         + 999 - least(size, 999)
$$;

-- The parts of what is asked as patterns, English words without their ending; null without a word that counts.
create function search_patterns(asked text) returns text[]
language sql immutable parallel safe strict as $$
  select array_agg('%' || coalesce(stem[1], run) || '%')
    from unnest(search_runs(search_fold(asked))) as run
   cross join lateral ts_lexize('english_stem', case when run ~ '^[a-z]{2,}$' then run end) as stem
   where run <> '' and cardinality(stem) is distinct from 0
$$;

-- First letters of the Mandarin readings of U+4E00 to U+9FFF, a dot where none is known; made by
-- scripts/PinyinInitials.java from the Han-Latin transliteration of ICU 78 (Unicode License v3).
create function pinyin_table() returns bytea
language sql immutable parallel safe as $$
  select replace('
ydkqsxhwzssxjbymgcczqpssqbycdscdqldylybsgjgyqzjjfgcclzzbwdwzjljpfyynwjjtmyyzwzhflyppqhgccyyymjqyxxgjxhsdsjnjjsmhmlzrxy
fsngsyczqzggllyjlmyzssecykyyhqwjssggyxyqyjtwkdjhychmyxjtlxjyqbyxdldwrrjjwysrldzjpcbzjjbrcfslbczstzfxxthtrqggbdlyccscym
mrfcyqzpwwjjyfcrwfdfzqpyddwyxkyjawjffxjpdftzyhhycyswccyqsclcxxwzzxnbgnnxbxlzsqcbsjpysyzdhmdzbqbzcwdzzyytzhbtsyyfzgntnx
qywqskbphhlxgybfmjnbjhhgqtjcysxstkzglyckglysmzxyalmeldccxgzyrcxsdltjzcqkcnnjwhjczzcqljststbnxbtyxceqxgkwjyflzqlyhjqsps
fxlfpbyqxxxydcczylllsjxfhjxpjbcffyabyxbhczbjyclwlczggbtssmdtjcxpthyqtgjjscjfzkjzjqnlzwlslhdzbwjncjzyzsqnycqyrzcjjwybrt
wpyftwexcskdzctbxhyzcyyjxzcfbzzmjyxxcdczottbzljwfckszsxfyrlnyjmbdthjxsqjccsbxyytsyfbjdztgbcnclcyzzbsacyzzscjcshzqydxlb
pjllmqxtydzxsqjtzpxlcglqccwjbhctdjjsfxjejjtlbgxsxjmyjjqpfzasyjncydjxkjcdjszcbartcclnjqmwnqnclllkbybzzsyhqcltwlccrshllz
ntylnewyzyxczxxgdkdmtcedejtsyys.dqdfmsd.jlhrwnqlybglxhlgtgxbqjdzfyjsjyjcjmrnymgrcjczgjmzmgxmmryxkjnymsgmzjymklfxmbdtgf
bhcjhkylpfmdxlqjjsmtqgzsjlqdldgjycalcmzcsdjllnxdjffffjczfmzffpfkhkgdpqxktacjdhhzdddrrcfqyjkqccwjdxhwjlyllzgcfcqdsmlzpb
jjplsbcjggdckkdezsqsckjgcgkdjtjllzycxklqscgjcltfpcqczgwbjdqsdjjbyjhsjddwgfsjgdkccctllpspkjgqjhzzljplgjgjjthjjyjzcjmlzl
yqbgjwmljkxzdznjqsyzmljlljkywxmkjlhskjgbmclyymkxjqlbmclkmdxxkwyxwslmlpsjqjcqxyjfjtjdxmxxllcrqbsyjbgwywxggbcyxpjtgpepfg
djgbhbnsfjyzjkjkhxqfgqzkfhygkhdgllsdjjxpqykybnqsxqnszswhbsxwhxwbzzxdmndjbsbkbbzklylxgwxjjwaqzmywsjqlcjxxjqwjeqxscwetlz
hlyyysdzpyqyzcmtlshtzcfycyxyljsdcjjagyslcllyyysglrqqeldxzsccccadycjysfsgbfrsszqsbxxpsjwsdrckgjlgdkzjzbdktcsyqpyhstcldj
lhmxmcgxyzhjdctmhltxzxylamohyjcltyfbqqjbfbdfehtksqhzywwcnxxcdwhhwgyjlegmdmcwgfjhcsntfydolbygwqwesjpwnmlrydzsztxyqpzgcw
xhnxpyxshmdqjhztdppbfyhzhhjyfdzwkgkzbldntsxhqeegzxylzmmzyjzgszxhhkhtxexxgylyapsthxdwhzydpxagkydxbhnhxkdfjnmyhylpmgocsl
nzhkxxlbzzlbmlsfbhhgsgyyggbhscyajtxwlxtzqcwzydqdqmmhdqllszhlsjzwfjhqswscelqazynytlsxthaznkzzsdhlacxtwwcsgqqtddyzbcchyq
zflxpslzygpzsznglydqcbdlxjtctajdkywnsyzljhhdzcwnyyzyomhychhhxhjkzwsxhdnxlyscqydpclyzwmypbkxyjlkzhtyhsxqsyshxasmchkdscr
swjpwqsgzjlwwschs.hsqnhzsngndaqtbaalzzmsstdqjcjktscjaxplggxhhgoxzcxpdmmhldgtybysjmxhmrzplxjzckzxshflqxccdhxezfchzccdyt
cjyxqhlxdhypjqxnlsyydzozjnhxqezysjyayxkypdghddxsppyzndlthrhxydpcjjhtcxmctlhbynyhmhzllhnxmylllmdcppxhmxdkycyrdltxjchhzn
xclcclylnzsxzjzzlnnllwhyqsnjhxynttdkyjpychhyegkcttwlgqrlggtgtygyhpyhylqyqgcwyqkpyyyttttlhyhlltyttsplkyzwgtwgpydqqzzdqx
skcqnmjjzzbxyqmjrtfbbtkhzkbjdjjkdjjtlbwfzpbtkqtztgpdgntpjyfalqmkgxbdclzfhzclllladpmxdjhlcclgyhdzfgyddgcyyfgydxkssebdhy
kdkdkhnaxxybfbyyhxcqgabfqyjjdmljcsjzllbchbsxgjyndybyqspqwjlzktddtaccbkzdyzypjzqsjnkktknjdjgyepgtlfyqkasdntcyhblgdzhbby
dmjregkzyheyybjmcdtyfzjjhgcjplxhldwxjjkytcyksssmtwcttqzlzbszdtwzxgzagyktywxlhlcpbclloqmmzsslcmbjcszzkydczxgqjdsmcytzqq
lwzqzxssbpkdfqmddzdsddtdmfhtdyzjaqjqkypbdjyyxtljhdrqxxxhaydhrjlklytwhllrllrcxylbwsrszzsymkzzhhkyhxksmzsyzgcjfbzbsqlfcx
xxnxkxwymsddyqwggqmmyhcdzttfgyyhgstttybykjdhkyjbelhdypjqnfxfdqkzhqkzbyjtzbxhfdxbdaswhawajldyjsfhbldnndnqjtjnchxfjsrfwh
zfmdrfjyhwzpdjkzyjymfcyznynxfbytfyfwygdbnzzzdnytxzemmqbsqehxfzmbmflzzsrsymjgsxwzjsprydjsjgxhjjgljjynzjjxhgjkymlpeyycsy
sgqzswhwlyrjlpxslcxmfsmwkcctnxnynpnjszhdzeptxmwywayysywlxjqzqxzdclaeelmcpjpclwbxsqhfwrtffjtnqjhjqdxhwlbyzcfjlalkyyjldx
hhycstdywnrjtxywdrmdrqhwqcmfjdyzmhmayxjwmyzqsxtlmrspwwchajbxtgcypxyyrrclmpamgkqjszyjrmyjsnxtplnbappypylxmyzkynldgyjzcz
hnlmzhhanqmpgwqtzmxxmllhgdzxyhxkrxycjmffxyhjfsbssqlhxndycannmtcjcyprrnytyqnyymbmsxndlylysljnlxyshqmllyzlzjjjkymzcsfbzx
xmstbjgnxyzhlsnmcqscyznfzlxbrnnnylmnrtgzqysatswryhyjzmzdhzgzdwybsscskxsyhytsxgcqgxzzbhyxjscrhmkkbsczjyjymkqhzjfnbhmqhy
snjnzybknqmcjgqhwlsnzswxkhljhyybqcbfcdsxdldspfzfskjjzwzxsddxjseeegjscssmgclxxkwwyllymwwwgydkzjgggtggsycknjwnjpcxbjjtqt
jwdsspjxzxnzxwmelptfsxtllxcljxjjljsxctnswxlehhlyqrwhsycsqrybyaywjejqfwqcqqcjqgxaldbzzyjgkgxpltqyfxjltpadkyqhpmatlcpdhk
xmtxybhblefxdleegqdymsawhzmljtwyqxlyjzljeeyxbqqffnlyxrdsctgjgxywlkllxqkcctlhjlqmkkzgcyygllljdzgydhzwxpysjbzkdzgyzzhywy
fqytyzszyezklymhjjhtsmqwyzlkyywzcsrkqyqltdxwcdrjklwsqzwbdcqyncjsrszjlkcdcdtlzzzacqqczddxyplxcbqjylzllljddzjgyjyjsyxnyy
ynxjxkxdazwyrdljyyyrjlglldrxjcykywnqcclddnyyykyckczhjxcclgzqjgjwppcqqjysbzzxyjxjbxjfzbsbdsfnsfpzxhdwztdmpptblzzbzdmyyp
qjrsdzsqzsqxbdgcpzswdwcsqzgmdhzxmwwfybpdgphtmjthzsmmbgzmbzjcfzhfcbbzmqcfmbcmcjxlgpnjbbxgyhyyjgptzgzmqbqdcgybjxlwzkydpd
ymgcftpfxyztzxdzxtgkmtybbclbjaskytssqyymscxfjewlsllszbqjjjaklyldlycctsxmcwfgkkbqxlllljyxtyltyxytdpjhnhgnkbyqnfjyyzbyye
ssessgdyhfhwtcjbsdzjtfdmxhcnjzymqwsrxjdzjqpdqbbsdjggfbkjbxdgjhmgwjjjgdllthzhhyyyyyysxwtyyyccbdbpypzyccztjpzywcbdlfwzcw
jdxxhyhlhwczxjtczlcdpxdjczczlyxjjsjbhfxwpywxzptdzzbdccjhjhmlxbqxxbylrddgjrrctttgqsczwmxfytmwzcwjwxjywcskybzqccttqnhxnk
xxkhkfhtswoccjybcmpzzyjbnnzpbthhjdlscddytyfjpxyngfxbyqxcbhxcbsxtyzdmzysnxsxlhkmzxlthdhkghxjsshqyhhcjyxglhzxcsnhekdtgqx
qypkdhextykcnymyyypkqyytjxzlthhqtbyqhxbmyhsqckwwyllhcyylnneqxqwmcfbdccmljggxdqktlxkgnqcdgzjwyjjlyhhqtttnwchhxcxwheszjy
djccdbqcdgdnyxzdhcqrxcbmztqcbxwgqwyybxhmbymykdyecmqkyaqyngyzslfykkqgyssqyshjgjcnxkzycxsbkyxhyylstycxqthysmgscpmmgccccc
mtztasmgqzjhklosqylswtmqsyqkdzljqqyplcycztcqqpbbqjzclpkhqcyyxxdtdddsjcxffllchqxmjlwcjcxtspycxndtjshjwxdqqjckxyamylsjhm
lalykxcyydmamdqmlmcznnyybzkkyflmchcmlhxrcjjhsylnmtjggzgywjxsrxcwjgjqhqzdqjdzjjzkjkgdzqgjjyjylhzxxcdqhhhestmhlfsbdjsyys
hfyssczqlpbdrfrztzdkykhsctgkwdqzrkmsynbcrxqbjyfaxpzzedzcjykbcjwhyjbqdzywnyszptdkzpfpbaztklqyhbbzpnbptyzzybhnydcpjmmcyc
qmcjfzzdcmnlfpbplngqjtbttajzpzbbdnjkljqylnbzqhksjznggqsczkyxchpzsnbcgzkddzqanzgjkdntlzldwjljzlywtxndjzjhxyatncbgtzcssk
mnjpjytsrwxcfjwjjtkhtzplbhsnjzsyjbwbzyzlstlsbjhdwwqpslmmfbjdwajyzccjtbnnrzwqxcdslqgdsdpdzhjtqqpsqlyyjzlgyhyzlctcbjtkty
czjtqkbpjlgmjzdmcsgpynjzjjyyknhrpwszxmtncszzyxybyhyzaxywkcjtllckjjtjhgcxdxyqyczbywblwqcglzgjgqrqcczssbcrbcskydznljsqgx
ssjmecnstztpbdlthzwhqwqtzexnqczgweskssbybstscsjccgbfsdqszlccglllzghzcthcnmjgyzaznmckcstjmmzckbjygqljyjppldxrgzyxccsnhs
hgdznlzhzjjcddcbcjflbfqbczzwpqdnhxljcthqwjgylnlszzpcjdscqqhjqkdxkpbajyemsmjtzdxlcjyryynwjbngzzkmjxltbsllrtpylcsznxjhll
hyllqqzqlxymrcwcxsljmczltzldwdjjllnzggqxppskygyggbfzpdkmwghcxmcgdxjmcjsdycabxjdlnbcddygskydjtxdjjyxmsaqazdzfslqxyjsjzy
lblxxwxqqzbjzlfbblylwdsljhxjyzjwtdjcyfqzqzzdcsxzzqlzcdzfchyspympqzmlpplffxjjnzzylsjyyqzfpfzksywjjjhrdjzzxtxxglghtdxcsk
yswmmtcwybazbjkshfhgcxmhfqhyxxyzftsjyzbxyxpzlchmzmbxhzzssyfdmncwdabazlxktcshhxkxjjzjsthygxsxyyhhhjwxkzxcsbzzwwhhcwtzzz
pjxsnxqqjgzyzawllcwxzfxgyxyhxmkyyswsqmnjnaycyspmjkgwcqhylajjmzxhmmcnzhbhxclxtjpltxyjhdyylttxfszhyxxsjbjyayrsmxyplckdly
hlxrlnllstyzyyqygyhhsccsmcztzcxhyqfpyyrpfflfqtntszllzmhwtcjqyzwtllmlmdwmbzssmzrbpdddlgjjbxccsrzqqygwcsxfwzlxccrbtdzmcy
ggdlqsgtjmwljmymmsyhfbjdgyxccpshxczcsbsjwjgjmpbwaffyfnxhydxzylremzgzcyhsszdlljcsqfzxxkptxzgxjjgbmyyysnbtylbnlhbfzdcyfb
mgqrrmsszxysgtznnydzzcdgbjafjbdknzblcsszpsgzycjszlmlrzzbzzldlsllysxsqzqlyxzlsgkbrxbrbzcycxzjzeeyfgklzlyyhgysgzlfjhgtgw
kraajyzkzqtsshjjxdzyz.yjlzyrzdqqhgjzxsszbtkjpbfrtjxllfqwjgslqtymblpzdxtzagbdhzzrbgjhwnjtjxlhscfsmwlldqysjtxkzscfwjlbxf
tzlljzllqblcqmqqcgcdfpbbhzczjlpyygjdtgwdcfczqyyyqysrclqzfklzzzgffsqnwglhjycjjczlqzzyjbjzzbpdccmhjgxdqdgdlzqmfgpsytsdyf
wwdjzjysxyycjcyhzwpbyhxrylybhkjksfxtzjmmchhlltnyymsxxyzpdjjycdyzwmtjjkqyrhllqxpsgtlwycljscbxjyzfnmlrgjjtyzbsyzmsjyjhgf
zqmsyxrszcwtlrtqzsstkxgqggsptgcdnjsgcqcqhmxggztqydjkzdlbzsxjlhyqgggthqscpyhjhhgnygkggcmjdzllcclxqsftgzslllmlcskctbljzz
szmmnytpzsxqhjcjyqxyexzqzcpshkzzysxcdfgmwqrllqxrfztlysdctmjcsjjdhjnxtnrztzfqrhqgllgcxszsjdjljcytsjtlnyxhszxcgjzyqpylfh
djsbpcczgjjjqzjqdybssllcmyttmqtbhjqnnygkynqyqmzgcjkpdcgmyzhqllsllclmholzgdylfzsljcqzlylzcjeshnylljxgjxlyjyyyxnbcljsswc
qqcjyllcldjyllzllbnylgqchxyyqoxccqkyjxxhyklksxaqqxcqkkkkcsgyxxyqxygwtjohthxpxxcsshcyeychzzcbwqbbwjqcscszsslzylgdesjzmm
ymcytsdsxxscjpqqsqylyfzychdjdzywcbtjsydjhcyddjlbdjjsodzyqysqkxxdhhgqjyohdyxwgmmmajdybbbppbcmhcpljzsmtxerxjmhqdstpjdcbs
smsssthjtslmmtrcplzszmlqdsdmjmqpnqdxcfynbfsdqqyxhyaykqyddlqyyysszbydslntfjtzqbzmchdhczcwfdxtmqqsphqwwxsrgjcwtjtzzqmgwj
jrjhtqjbbgwzfxjhnqfxxqywyyhyscdydhhqmnmdmmcpbszppzzglmzfollcfwhmmsjzttthlmyffytzzgzyskjjxqyjzqphmbzzlyghgfmshpcfzsnclp
bqsnjszslxjfpmtyjygbxlldlxpzjypjyhhzcywhjylsjexfsqzywxkzjlladtmlymqjpwxxhxsktqjezrpxxzghmhwqpwqlyjjqjjzszcfhjlchhnxjlq
wzjhbmzyxbdhhypylhlhlgfwlcfyytlhjjcjmscpxstkpnhjxsntyxxtestjctlsslstdlllwwyhdhrjzsfgxssyczykwhtdhwjslhtzdqdjzxxqggyltz
phcsqfzlnjtclzpfstpdynylgmjllycqhynsbchylhqyqtmzybbywrfqykjsyslzdyjmpxyyssrhzjnyqtqdfzbwwdwwrxcwhgyhxmkmyyyhmsmzhngcep
mlqqmtcwctmhmxjpjjhfxyyzsjchtybmstsyjdtjjqytlhynbyqzlcxcnzwsmylkfjxlwgbypjytysylymzcktdwlgsmzsylmpwlzwxwqzssaqsyxyrhss
ntsrapccpwcmgdhhxzdzxfjhgzttsbjhgyglzysmyclllybtyxhbbzjkssdmalhhycfygmqypjycqxjllljgclzgqlycjcctotyxmtmshllwcgfxymzmkl
pszzcxhhjyslctyjcyhxsgyxzkxlzwpyjpdhjwpjpwsqqxlxxdhmrslzcyzwstcxkystzshbsccstplwsscjchjlcgchssphylhfhhxjsxyllnylmzdhzx
ylsxlwzyhcldyahzcmddyspjtqjzlngjfsjshctsdszlblmssmnyymjqbjhrcwtyydchqljapzwbgqybkfcmjwlzllyylszydwhxpsbcmljpscgbhxlqhy
rljxyswxhxzlldfhlslymjljyflyjycdrjlfsyzfsllcqyqfgjyhyszlylmstdjcyhbzllnwlxxygyyhbmgdhxxhhlzzjzxczzzcyqzfnjwpylcpkpykpm
clqkdgxzggwqbdxzzkzfbxxlzxjtpjpttbytszzdwslchzhsltjxhqlhyxxxywzyswtmzkhlxzxzpyhgchkjfsyh.tjrlxfjxptztwhplyxfcrhxshxkjx
xyhzjdxjwylhyhmjtbflkhtxcwhcfwjcfpqrxqxcyyyjygrpxgscsxngwchkzdxhflxxhjjbyzwtsxnncyjjymswzjqrmhxzwfqsylzjzgbhynslbgttcs
ebhxxwxyhhxyxnsqyxmlywrgyqlxbbcljsylpsytjzyhyzawlhorjmksczjxxxyxchcytryxqjddsjfslyltsffyxlmtyjmjjyyyxltzcsxqzlhzxlwyxz
hdnlrxhxjcdyhlbrlmbrllaxksllljlyxxlycrylcjcgjcmtlzllcyzzpzpcyawhjjfybdyyzsepckzdqyqpbpcjpdcyzbdbbcyydycnnpjmtmlrmfmmgw
ygbsjgygsmdqqqztxmkqwgxllpjgzbqcdjjjfpkjkcxbljmswmdtqjxldlppbxcwkcqqbfqjczagzgmykbhyyhzykndkzmbpjyspxthlfpnyygxjdbkxnh
hjhzjxstrstldxskzysybmxjlxyslbzyslhxjpfxbqnbylljqkygzmcyzzymccsldlhzgwfwyxzmwcxtynxjhbyymcysbmhysmydyshqyzchmjjmzcaahc
bjbbhplxtylsxsdjgjdhkxxtxxnbhnmlngsltxmrhnlxqjxmzllyswqgdlbjhdcgjyqyymhwfwjybbbyjmjwjmdpwhxqldyapdfxxbcgjspckrssyzjmsl
bzzjfljjjlgxzgyxyxlszqyxbexyxhgcxbpldyhwecdwwcjmbtxchxyqxllxflyxlljlssfwdpzsmyjclmswtczbchqekcqbwlcgydblqppqzqfjqdjhym
mcxtxdrmjwrhxcjzclqxdyynhyyhrslsrsywwzjymtltllgtqcjzyabsckzcjyccqljsqxalmzyyywlwdxzxqdllqshgpjfjljhjabcqzdjgthhsstcyjl
bswzlxzxrwgldlzrlzqtgsllllzlymxqgdzhgbdbhzpbrlw.xqbpfdwo..whlypcbjcc.dmbzpbzz.cyqxldomzblzwpdwyygdstthcsqsccrsssyslfyb
fntyjszdfndpthtzzmbblxlcmyffgtjjqwftmdpjwdnlbzcmmctgbdzlqlpyfhsymjylsdchdzjwjcctljcldtljjcpddpjdsszynndbjlggjzxsxnlycy
bjjqxcbylzcfzppgkcxzdzfztjjfjsjxzbnzyjqttyjwhtyczhymdjxttmpxsflzcdwslshxybzgtfmlcjtacbbmgdewycyzcdszcyhflyctygwhkjyyls
jcxgywjcbhlcsnddbtzbsclyzczzssqdllmqyyhfllqllxfdyhabxggnywyypllsdldllbjcyxjzmlhljdxyyqytdlllbbgbfdfbbbjzzmdpjhgclgmjjp
gaehhbwcqxaxhhhzchxyphjaxhlphjpgpzjqcqzgjjzzgzdmqyybzzphyhybwhazyjhykfgdpfqsdlzmljxjpgalxzdaglmdgxmwzqytxdxxpfdmmssymp
fmdmmkxksyzyshdzkjsysmmzzzmsydnzzczxbmlstmddnmxckjmztyymzmzzmsshhdccjemxxkljstgwlsqlyjzllsjssdbpmhnlyjczyhmxxhgzcjmdhx
tkgrmxfwmckmwkdcksxqmmmfzzydkmsclcmpcgmwrpxqpzdsslcxkyxtmlgjyahzjgzqmcsnxyhmmpmlkjxmhlmlgmxctkzmjjyszjsyszhsyjzjcdajzy
bsdqjzgwzkgxfkdmsdjlfmehkzqkjbeypzyszcdwyjffmzjykttdzzefmzlbnpplplpbpszalltylkckqzkgenqlhagyxydpxlhsxqqwqykxqclhyxxmly
ccwlymqyskychlcjnszkpyzkcqzqljbdhdjhlasqlbydwqlwdnbqcryddztjybkbwszdxdtnpjdtctqdfxqqmgnseclstbhpwslctxxlpwydzklzygzcqa
pllkccylbqmqczqcljslqzdjxldthpzqdljjxzqdjyzhkzljcyqdyjppypeakjyrmpcbymcxkllzllfqpylllmbsglcysslrsysqtmxyxqqzbdzrysyztf
fmzzsmzqhzssccmlyxwtpzgxzjgzgsjsgkddhtqggzllbjdzlcbzhyxyzhzfywxyzymsdbzzyjgtsmtfxqyxjscdgslnmdlrytzlryylxqhtxsrtzcgyxb
nqqzfhykmzjbzymkbpnlyzpblmcnqyzzzsjzhjctzhhyzzjrdyzhnfxglfxslkgjtctssyllgzrzbbjzzklpkbczyslxyxbjfpnjzzxcdwxzyjxzzdjjgg
grsrjkmcmzjlsjywqshyhqjsxpjztzlsnshrnypjtwchklbsrzlcxwjqxqkysjycztlqzybbybwzjqdwgyzcytjcjxckcwdkkzxsgkdzywwyyjqyytcytd
jlxwkczkklcclzcqqdzlqlcsfqchqhsfsmqzzllbjjzbsjhtsjdysjqjpdlzcdcwjkjzzlpycgmzwdjjbsjqzsyzyhhxcbbjydssddzncglqmbtsfcbfdz
dlznfgfjgfsmptjqlmblgqcyyxbqkdxjqsrfkztjdhczklbsdzcfytplljgjhtxzcsszzxstcygkgckgyoqxjplzbbbgtgyjdgczqszlbjlsjfzgkqqjcg
yczbzqtldxrjxbsxxpzxhyzyclwdsjjhxmfczpfzhqhqmqgkslyhtycgfrzgnqxclpdlbzcsczqlljblhbdcypczppdymtzsgyhckcpzjgslclnscdsldz
xbmsdlddfjmkdjdhslzxlszqpqpgjllybdszgqlbzlslkyyhzttncjyqtzzfszqztlljtyyllqllqyzqlbdzlslyyzymdfszsnhlxznczqzbbwskrfbcyz
mthblgjpmczzcstlxshtzcyzlzblfeqhlxflcjlyljqcbzlzjghsstbrmhxzhjzclxfnbgxgtqjcztmsfzkjmssnxljkbhszxntnlzdntlmsjxgzjyjczx
yhyhwrwwqnztnfjscpzshzjfyrdjsfscjzbjfzqzchzlxfxsbzqlzsgyftzdcszxzjbqmszkjrhxjzcgbjkhchgtjkjqglxbxfgdrtylxjxgdtsjxhjzjj
cmzlcqsbtxhqgxttxhxftsdkfjhzyjfjxrzcdlllcqsqqzqwqxswqtwgwbzcgcllqzbclmqqtzgzxzxljfrmyzflxysqxxjkxrmjdcdmmyxbsqbhgcmwfw
tgmxlzbyytgzyccdxyzxswgxyjyznbgpzjcqsyxcxrtfycgrhztxszzthcbfclsyxzljqmzlmplmxzjssflbysmyqhxjsxrxsqzzzsslyflczjrcrxhhzx
qydshxsjjhzcxjbdynsysxjbqlpxzqpymlxzkyxlxcjlcycrxzzlldlllsjyhzxhyjwkjrwyhcpsgnrzlfzwfzznsxgxflzsxzzzbfcsyjdbrjkrdhhgxj
ljjtgxjxxstjtjxlyxqfcsgswmsbctlqzzwlzzkxjmltmjyhsddbxgzhdlbmyjfrzfcgclyjbpmlysmsxlszjqqhjzfxgfqfqbpxzgyyqxgztcqwyltlgw
wgwhllfsfgzjmgmgbgtjfsyzzgzyzaflsspmlbflcwbjzcljjmzlpjjlymqdmyyyfbgygqzglyzdxqyxrqqqhsxyyqqygjtyxfsfsllgnqcygycwfhcccf
xbylypllzqxxxxxkqhhxshjdcfdsczjxcpzwhhhhhapylhalpqafyhxdyllkmzqgggddesrnndltzgchybpysqjjhclljtolnjpzljlhymheydydsqycdd
hgzpndzclzywllznteytgxlhslpjjbdgwxpcdntjcklkclwkllcasstknzdnqnttlyyzssysszzryljqkcgbhhcrxrzydgrgcwcgzhfffppjfzynakrgyw
yqpqxxfkjtszzxswzddfbbqtbgtzfznpzfpzxzpjszbmqhkcyxyldkljnypkyghgdcjxxeahpnzgctzcmxcxmmjxnkszqnmnlwbwwxjjyhclstmcsqdjcx
xtpcnpdtnnpglllzcjlspblplkcdtnjnlyyrscffjfqwdpgzdwmnzcclodaxnssnyzrestyjwjyjdbcfxnmwttbqlwstszgybljpxglboclgpcbjftmxzl
jylzxcltpnclcgxtfzjshcrxsfyszdkntlbyjcyjllstgqcbxnwzxbxklylhzlqzlnzcqwgzlgzjncjgcmnzzgjdzxtzjxycyycxxjyyxjjxsssjstsstt
ppghtcsxwzdcsyfptfbchfbblzjclzzdbxgcxlqpxkfzflsyltywbmnjhskbmddbcysccldxycddqlyjjhmqllcsgljjsyfpyyccyltjantjjpwycmmgqy
ysxdhqmzhszxbftwwzqswqrfkjlxjqqyfbrxjhhfwjgzyqacmyfrhcyybyqwlpexcczstyrltsdmqlykmbbgmyyjprknnbbsxyxbhyzdjdnghpmfsgbwfz
mfjmmbcmzdcjjlcnyxyqgmlrygqccyhzlwjgcjcggmcjjfyzzjhycfrrcmtzqzxhfqgdjxccjeaqcrjthpljlszdjrbcqhjdzrhxlyxjsymhzydwldfryh
bbydtssccwbxglpzmlzztqsscpjmmxjcsjytycghycjwsnsxlfemwjnmkllswtxhyyygcmmcwjdqdjzglljwjnkhpzggflccsczmcbltbhbqjxqdjpdjqt
ghglfqawbzyzjltstdhqhctcbchflqmpwdshyytqwcnztjtlbypbpdyyyxsqkxwyyflxxncwcxybmaelykkjmzzzbrxyaqjfljpfhhhytzzxrgqqmhspgd
zjwbwpjhzjdyjcqwzkthxsqlzyymysdzgrxckkhjlwpysyscsyzlrmlqsyljxbcxtlhdqzpcycykpppnsxfyzjjrcemhszmsxlxglrwgcstlrsxbygbzgz
tcpldjlslylymdtmtcpalcxpqjcjwtcyyzlblxbzlqmyljpghdslssdmxmbdczsxwhamlczcpjmcnhjyjnsygchskqmzzqdllkablwjqsbmocdxjrrlyqc
hjmybyqlrhetfjzfrfksryxfjdwdsxxlwsqjyslyxwjhsnlxyaxhbhawhhjcxwmyljcsqlkydttxbzsxfdxgxsjhhsxxybssxdpwncmrptjzczenygcxqf
jxkjbdmljcmqqxloxslyxxlylljdzbtymhbfsttqqwlhogyblscalzxqlhtwrrqhlstmypyxjjxmqsjpnbryxyjllyqylthylqyfmhkljdmllhfzwkzhlj
mlhljkljstlqxylmbhhlnlsxqchxcfxxlhyhjjgbyzzkbxscqdjqdsxjzsyhzhhmgsxcsymxfebcqwwrbpyyjqtyqcyjhqqzyhmwffhgzfrjfcdbxndqyz
pcyhhjlfrzgppxzdbbgzqstlgdgylcqmgchhmfywlzyxkjlypqhsywmqqgqzmlzjnsqxjqsyjtcbehsxfssfxzwfllbcyyjdytdthwzsfjmqqyjlmqsxll
dttkhhybfpwdyysqqrnqwlgwdebdwcyygcdlkjxtmxmyjsxhybrwfymwfrxyqmxysctzztfykmldhqdlwyqnlcryjblpsxcxywlsbrrjwxhqybhtydnhhg
mmywytzcsqmtssccdalwztcpqpyjllqzyjswxwzzmmglmxclmxczmxmzsqtzppjqblpgxjzhfljjhycjsnxwcxsccdlxsyjdcqcxslqyclzxlzzxmxqrjm
hrhzjphmfljlmlclqnldxzlllfypngjysxcqqdcmqjzzxhnpnxzmekmxxykyqlxsxtxjxyhwdcwdzhqyybgybcyscfgfsjnzdyzzjzxrzrqjjymcanhrjt
ldbpyzbstjhxxzypbdwfgzzrpymtngxzqbyxmbbfcckrjqjbjegrzgyclkxzdxkknsjkcljspgyyzlqqjybzssqlllkjfcbktylcccdblsppfylgydtzjy
qggkqttfcxbdkdxxhybbfytyhbclpdytgdhryrnjsbtcsnyjqhklllzslydxxwbcjqsbxbfjzjcjdzfbxxbrmlazgcsnclbjdstblfrzdswsbxbcllxxlz
djzsjpylyxxyftfffbhjjjgbygjpmmmmsscljmtlyzjxswxtyledqpjmygqzjgdjlqjwjqllsdgjgygmscljjxdtygjqjqjcjzcjgdzdshqgsjggcjhqxs
njlzzbxhsgzxcxyljxyxyydfqqjhjfxdhctxjyrxysqtjxyefyyssyxjxncyzxfxcsyszxyyschshxzzzgzzzgfjdldylnpzgyjyzyyqzpbxqbdztzczyx
xyhhscxshcggqhjhgxwsztmzmehyxgebtylzkkwytjzrclekestdbcykqqsayxcjxwwgsbhjszsdhcsjkqcxswxfctynydpzcczjqtzwjqdzzzqzljchls
bhpydxpsxshhezdxfptjqyzzxhyaxncfzyyhxgnqmywxtzsjpkhhgymxmxqcxtsbcqsjyxhtyylybcqlmmszmjzjllcogxzaajzyhjmchhcxzsxzdznley
jjzjbhzwzzsqtzpsxztdsxjjjznyazphhyysrnqdthzhayjyjhdzxzlswclybzyecwcycrylcxnhzydzydyjdfrjjhtrsqtxyxjrjhojynxelxsfsfjzgh
pzsxzszdzcqzbyyklsgsjhczshdgqgxyzgxchxzjwyqwgyhksseqzzndzfkwyssdclzstsymcdhjxxyweyxczaydmpxmdsxybsqmjmzjmtzqlpjyqzcgqh
xjhhhxxhlhdldjqcldwbsxfzzyyschtytyjbhecxhjkgjfxbhyzjfxbwhbdzfyzbcapnpgnydmsxhkhhmamlnbyjtmpxyjmcthjbzyfcgtyhwphftgzzez
sbzegpbmdskftycmhbllhgpzjxzjgzjyxzsbbqsczzlzccstpgxmjsftcczjzdjxcybzlfcjsyzfgszlybcwzzbyzdzypswyjgxzbdsysxlgzbzfygczxb
zhzftpbgzgejbstgkdmfhyzzjhzllzzgjqzlsfdjsscbzgpdlfzfzszyzyzsygcxsntxchczxtzzljfzgqsqyxzjqccccdjcdxzjyqjccgxztdlgscxzsy
jjqtcclqdqztqchqqjztezzzpbkkdjfcjfztybqyqttynlmbdktjcpqzjdzfpjsbnjlgyjdxjdzqkzgqkxclpzjtcjdqbxdjjjstcjnxbxcmslyjcqmtjq
wwcjjnjnlllhjcwqtbzqyczczpzzdzyddcyzdzccjgtjfzdprntctjdcqtqndtjnplzbcllctdsxkjzqdpzlbznbtjdcxfczdbccjjltqjpldcgzdbbzjc
qdcjwynllzlzccdwllxwzlxrsntqjccxkjlsgdfqtddglrlajjtklymkqlldzytdyycygjwyxdxfrskstcdenqmrkqzhhqkdldazfkypbggpzrebzzykyz
spegjjglkqzzzslysywyzwfqznlzzlzhwcgkypqgnpgblplrrjyxcccgyhsfzfwbzywtgzxyljczwhxzjzblfflgskhyjzeyjhlpllllcygxdrzelrhgkl
zzyhzlyqszzjzqljzflnbhgwlczcfjwspyxzlzlxgccpzbllcxbbbbxbbcbbcrnncccyrbbsyldcgqyyqxygmqzwtzydyjhyfwdehzdjywlccntzyjjcde
dpzdztstqjhdymbjnyjzlxtsstphndjxxbyxqtzqddtjtdyztgwscszqflshlglbcjbhdlyzjyckwtydylbnydsdsycctyszyyebgexhqddwnygyclxtdc
ystqmygzasccszzddlcclzrqxyyeljsbymxshztembbllyyllytdqyshymrqxkfkbfxnxsbychxbwjyhtqbpbsbwdzylkgzskyghqzjhhxjxgnljkzlyyc
dxlfwfghljgjybxblybxqpqgztzplncybxdjyqydymrbesjyyhkxxstmxrczzywxyhybmcflyzhqyzmqxdbxbzwzmslpdmyckfmzklzcyjyczlhxfzlydq
zpzygyjyzmzxdzfyfyttqtzhgspczmlccytzxjcytjmkslpzhysnwllytpzctzzcktxdhxxtqcypksmqccyyazhtjpcylzlyjbjxtfnyljyynrxcylmmnx
jsmybcsysslzylxjjgyldzdpqbfzzblfndsqkczfhhhgqmrdsxycstxnqqjpyjbfcxdyqfbnxejdgyqbsrcnfyyqpghyjdyzxgrhtkyleqdzntsmgklbsg
bpyszbytjzsszjcssxzbhbscsbzczptqfzmqflypybbjgszmxxdjmthyskkbjtxhjcegbsmjyjzcxtmljyxrzzqscxxqptzxmkyxxxjcljprmyygadyskq
lsadhrskqxzxztcghztlmlwxybwsycdbhjhcfcwzsxhytkzlxqshlyczjxemplprcgltbzztlzjcyjgdtclglpllqpjmzpapxyzlaktkdnczzbnzctdqqz
jyjgmctxltgcszlmlhbglkfwnwzhdxphlfmkydlgxdtwzfrjejctzhydxykshwfzcqshktmqqhtchymjdjskhxzjzbzzxympajqmsdbxlsklyynwrtsqls
cbpdbsgzwyhtlkssswhzzlyytnxjgmjszsxfwnlsoztxgxlsammlbwldszylakqcqctmycfjbslxclzjclxxksbzqclhjphqplsxsckslnhpsfqqytxjjz
lqldxzjjzdyydjnzptfcdskjfsljhylzqjzlbthydgdjfdbyazxdzhzjnhhqbyknxjjqczmlljzkspldsclbblxklelxjlbjycxjxgcnlcqplzlznjtzlj
gyzdzpltqcssfdmnycxgbtjdcznbgbqyqjwgkfhdnbyqzqgbkpbbyzmtjdytblsqmbsxtbnpdxklemyycjynzdtldykzzxtdxhqshdgmzsjycctayrzlpw
ltlkxslzcggexclfxlkjrtlqjaqzncmbqdkkcxglczjzxjhptdjjmzqykqsecqzdshhadmlzfmmzbgntjnnlgbyjbrbtmlbyjdzxlcjlpldlpcqdhlhzly
cblcxzcjadqlmcmmsshmybhbskkbhrsxxjmxsdznzpxlbbragggfchgmsklltsjyycqlcskywyehywhbhqywbawykqldqftntkhqcgdqktgpkxhcpdhtwt
mssyhbwcrwxhjmkmzngwtmlkfghkjyldyycxwhyyclqhkqhttqkhffldxqwgzyydesbpkyrzpjfyyzjceqdzzdlattpbfjllcxdlmjsdxegygsjqxcfbxs
szpdyzcxdnyxpfzydlyjccpltxlsxyzyrxcyysdylwwndsahjsygyhgywwaxtjzdaxysrltdjssaxfnejdxyzhlxlllzhzsjnyqyqqxyjghzgjcyjchzly
cdshwsgczyjxcllnxzjjyyxnfsmwfpylcyllabwddhwdxjmcxztzpmlqzhsfhzynztlldywlslxhymmylmbwwkyxyadtxylldjpybpwfxjmmmllhafdlla
flbhhhbqqjtzjcqjjdjtffkmmmbythygdcqrddwrqjxnbysnmzdbyytbjhpybygtjxaahgqdqtmystqxkbtsbkjlxrbeqqhqmjjbdjwtgtbxpgbktlgqxj
jjcdhxqdwjlwrfmqgwqhckryswgbtgygbwsdwdwrfhwytjjxxxjyzyslphyypayxhydqkxshxyxeskqhywbdddpplcjlhqeewxksyyhdyplfjthkjltcyy
hhjttpltzzcdlthqkcxqysteeywkyzyxxyysddjkllpwmcyhqgxyhcrmbxpllnqydqhxsxxwgdqbshyllpjjjthyjkyphthyyktyezyenmdshlcrpqfbgf
xzbsbtlgxsjbswyysksflxlpplbbblbsfxfyzbsjssylpbbffffsscjdstzsxtryjcyffsytyzbjtbctsbsdhrtjjbytcxyjeylxcbnebjdsysyhgsjzbx
bytfzwgenyhhthjhatfwgcstbgxklstywmtmbyxjskzscdyjrcytwxzfhmymcxlznsdjtxtxrycfyjsbsdyerxhljxbbdeynjghxgckgscymblxjmsznsk
gxfbnbbthfjaafxyxfpxmyfhdtzcxzzpxrsywzdlybbjtyqwqjpzypzjznjpzjlztfysbttslmptzrtdxqsjehbzylzdhljsqmlhtxtjecxalzzspktlzk
qqyfsygywpcpqfhqhytqxzkrsgtgsqczlptxcdyyzssqzslxlzmacbcqbzyxhbsxlzdltcdjtylzjyytpzylltxjsjxhlbmytxcqrblzssfjzztnjydxmy
jhlhpblcyxqjqqkzzscpzkswalqsblcczjsxgwwwygyatjbbctdkhqhkgtgpbkqyslbxbbckbmllxdzstbklggqkqlsbkkdfxrmdkbftpzfrtbbmferqgx
kjpzsstlbzdpszqzsjthljqlzbpmsmmsxlqqnhknblrddnhxdhddjcyygyfqgzlgsygmjqgkhbpmxyxlytqwlwgcpbmjxcyzydrjbhtdjxeeshtmjsbypl
whlzffnypmhxqhpltbqpfbcwjdbygpnxtbfzjgsddtjshxeawzzyllttybwjkgxghlfkxdjtmszsqynzggswqsphtlsskmclzxyszqzxncjdqgzdlfnykl
jcjllzlmzznhydsshthxzlzzbbhqzwwycrdhlyqqjbeyfsgxthsrxwqhwfslmssgzttyeyqqwrslalhmjtqjsmxqbjjzjxzyzkxbyqxbjxshzssfglxmxz
xfghkzszggylclsarjxhslllmzxelglxydjytlfbhbpnlyzfbbhptgjkwetzhkjjxzxxglljlstgshjjyqlqzfkcgnndjsszfdbctwwseqfhqjbsaqtgyp
jlbxbmmywxgslzhglzgnyfljbyfdjfrgsfmbyzhqfbwjsyfyjjphzbyyzffwodgrlmftmlbzgycqxcdjygzyyyytytydwegazyhxjlzythlrmgrjxzclhn
eljjthtbwjybjjbxjjtjteekhwsljplpsfazpqqbdlqjjtyyqlyzkdksqjyyjzldqcgjjyzjsycmraqthtejmfctyhypkmhycwjdcfhyyxwshctxrljgjs
hccyyyjltkttytmxgtcjtzayyoczlylbszywjytsjyhbyshfjlygjxxtmzyyltxxypslxyjzyzyypnhmymdyylblhlsyygqllnjjymsoycbzgdlyxylcqy
xtszegxhzglhwbljgeyxtwqmakbpqcgyshhegqcmwyywljyjhyyzlljjylhzyhmgsljljxcjjyclycjpcpzjzjmmylcjlnqljjjlxxjmlszljqlycmmhcf
mmfpqqmfxlqmcffqmmmmhmznfhhjgtthhkhslnchhyqdxtmmqdcydyxyqmyqylddcyyydazdcymzydlzfffmmycqcwzzmabtbyctdmndzggdftypcgqytt
ssffwbdtzqssystwjjhjytsxxylbyqhwwhxezxwznnqzjzjjqjccchyyxbzxccyjtllcqxknjycyycynzzqyyoewyczdcjycchyjlbtzyycqwlpgpyllgk
dldlgkgqbgychjxy....z.w...z....s.....l.......sl..z....lgtm....gd.....................atn..hbltdzlatmmbj.lx', E'\n', '')::bytea
$$;

-- A folded text with each Chinese character as the first letter of its reading; as long as the text. Words whose
-- characters are read in another way than alone come first.
create function search_initials(folded text) returns text
language plpgsql immutable parallel safe strict as $$
declare
  initials text := '';
  letter text;
begin
  if folded ~ '重庆|银行|行业|西藏|厦门|会计|校验|调解|音乐|便宜|给水|供给|宝藏|重新|重建|重组|调整|调节|校长|成长|增长|局长|市长|家长|校正|铅山|番禺|乐清' then
    folded := replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(folded, '重庆', 'cq'), '银行', 'yh'), '行业', 'hy'), '西藏', 'xz'), '厦门', 'xm'), '会计', 'kj'), '校验', 'jy'), '调解', 'tj'), '音乐', 'yy'), '便宜', 'py'), '给水', 'js'), '供给', 'gj'), '宝藏', 'bz'), '重新', 'cx'), '重建', 'cj'), '重组', 'cz'), '调整', 'tz'), '调节', 'tj'), '校长', 'xz'), '成长', 'cz'), '增长', 'zz'), '局长', 'jz'), '市长', 'sz'), '家长', 'jz'), '校正', 'jz'), '铅山', 'ys'), '番禺', 'py'), '乐清', 'yq');
  end if;
  foreach letter in array string_to_array(folded, null) loop
    initials := initials || case when ascii(letter) between 19968 and 40959
                                 then chr(get_byte(pinyin_table(), ascii(letter) - 19968)) else letter end;
  end loop;
  return initials;
end
$$;

-- Beginnings of initials inside a title: from each Chinese character, and from each other word, up to 8 letters.
create function search_sounds(folded text, initials text) returns text[]
language plpgsql immutable parallel safe strict as $$
declare
  sounds text[] := '{}';
  letter text;
  place integer := 0;
  is_beginning boolean := false;
  is_chinese boolean;
begin
  foreach letter in array string_to_array(left(folded, 80), null) loop
    place := place + 1;
    is_chinese := ascii(letter) between 11904 and 40959;
    if is_chinese or is_beginning and letter <> ' ' then
      sounds := sounds || left(replace(substr(initials, place, 16), ' ', ''), 8);
    end if;
    is_beginning := is_chinese or letter = ' ';
  end loop;
  return sounds;
end
$$;

-- The current version of every record, as it is searched. Derived: refresh_..._search() writes it, rebuild_search() all
-- of it, and nothing else does. It is not announced: what it is derived from is.
create table organization_search (
  id uuid primary key,
  listed boolean not null,
  folded text not null,
  translated text not null,
  size integer not null,
  titles tsvector not null,
  names text not null,
  words tsvector not null,
  initials text not null,
  sounds tsvector not null
);
comment on column organization_search.listed is 'whether it is suggested: its status shows it to everybody';
comment on column organization_search.folded is 'the beginning of the folded title, as long as an index takes';
comment on column organization_search.translated is 'the folded titles in other languages';
comment on column organization_search.size is 'characters of the folded title';
comment on column organization_search.titles is 'tokens of the title in all languages';
comment on column organization_search.names is 'the beginning of the folded names that belong to it';
comment on column organization_search.words is 'all tokens';
comment on column organization_search.initials is 'the first letters of the folded title''s readings';
comment on column organization_search.sounds is 'beginnings of initials inside the title';
create table data_resource_search (like organization_search including comments, primary key (id));
create table product_search (operator_id uuid not null, like organization_search including comments, primary key (operator_id, id));
create unique index product_search_id on product_search (id);

-- Rows stay in one piece, up to a page: a walk over them must not fetch parts from elsewhere.
alter table organization_search set (toast_tuple_target = 8160);
alter table data_resource_search set (toast_tuple_target = 8160);
alter table product_search set (toast_tuple_target = 8160);

-- The values of translations, as one text; null without any.
create function search_values(translations jsonb) returns text
language sql immutable parallel safe strict as $$
  select string_agg(value, ' / ') from jsonb_each_text(translations)
$$;

-- What refresh_..._search() keeps of one record. "names" and "rest" are texts that it is found by besides its titles.
create function search_entry(title text, translations jsonb, by_name text, rest text,
  out folded text, out translated text, out size integer, out titles tsvector, out names text, out words tsvector,
  out initials text, out sounds tsvector)
language plpgsql immutable parallel safe as $$
declare
  whole text := search_fold(title);
  of_titles text[];
begin
  size := length(whole);
  folded := left(whole, 300);
  translated := coalesce(search_fold(search_values(nullif(translations, '{}'))), '');
  of_titles := search_tokens(whole || ' ' || translated, true);
  titles := array_to_tsvector(of_titles);
  names := coalesce(search_fold(left(by_name, 2000)), '');
  words := array_to_tsvector(of_titles || search_tokens(names || ' ' || coalesce(search_fold(left(rest, 2000)), ''), false));
  names := left(names, 600);
  initials := left(search_initials(left(folded, 101)), 100);
  sounds := array_to_tsvector(case when folded ~ '[⺀-鿿]' then search_sounds(folded, initials) else '{}' end);
end
$$;

create function refresh_organization_search(ids uuid[]) returns void
language plpgsql as $$
begin
  delete from organization_search s
   where s.id = any(ids)
     and not exists (select 1 from organization_version o where o.organization_id = s.id and o.valid_to = 'infinity');
  insert into organization_search as s (id, listed, folded, translated, size, titles, names, words, initials, sounds)
  select o.organization_id, true, e.folded, e.translated, e.size, e.titles, e.names, e.words, e.initials, e.sounds
    from organization_version o
   cross join lateral search_entry(o.name, o.name_translations, null, null) as e
   where o.organization_id = any(ids)
     and o.valid_to = 'infinity'
  on conflict (id) do update
     set listed = excluded.listed, folded = excluded.folded, translated = excluded.translated,
         size = excluded.size, titles = excluded.titles, names = excluded.names, words = excluded.words,
         initials = excluded.initials, sounds = excluded.sounds;
end
$$;

create function refresh_data_resource_search(ids uuid[]) returns void
language plpgsql as $$
begin
  delete from data_resource_search s
   where s.id = any(ids)
     and not exists (select 1 from data_resource_version r where r.resource_id = s.id and r.valid_to = 'infinity');
  insert into data_resource_search as s (id, listed, folded, translated, size, titles, names, words, initials, sounds)
  select r.resource_id, r.status = 'LISTED', e.folded, e.translated, e.size, e.titles, e.names, e.words, e.initials, e.sounds
    from data_resource_version r
    left join organization_version h on h.organization_id = r.holder_id and h.valid_to = 'infinity'
   cross join lateral search_entry(
           r.title, r.title_translations,
           concat_ws(' / ', r.holder_name, nullif(h.name, r.holder_name), search_values(h.name_translations)),
           concat_ws(' / ', array_to_string(r.keywords, ' / '), r.topic, left(r.summary, 1000), search_values(r.summary_translations))) as e
   where r.resource_id = any(ids)
     and r.valid_to = 'infinity'
  on conflict (id) do update
     set listed = excluded.listed, folded = excluded.folded, translated = excluded.translated,
         size = excluded.size, titles = excluded.titles, names = excluded.names, words = excluded.words,
         initials = excluded.initials, sounds = excluded.sounds;
end
$$;

-- Names of others are read here: who renames an organization or a resource refreshes the products that show it.
create function refresh_product_search(ids uuid[]) returns void
language plpgsql as $$
begin
  delete from product_search s
   where s.id = any(ids)
     and not exists (select 1 from product_version p
                      where p.operator_id = s.operator_id and p.product_id = s.id and p.valid_to = 'infinity');
  insert into product_search as s (operator_id, id, listed, folded, translated, size, titles, names, words, initials, sounds)
  select p.operator_id, p.product_id, p.status = 'PUBLISHED', e.folded, e.translated, e.size, e.titles, e.names,
         e.words, e.initials, e.sounds
    from product_version p
    left join organization_version o on o.organization_id = p.operator_id and o.valid_to = 'infinity'
    left join lateral (
           select string_agg(concat_ws(' / ', r.title, search_values(r.title_translations)), ' / ') as titles
             from (select u.resource_id
                     from product_resource u
                    where u.operator_id = p.operator_id
                      and u.product_id = p.product_id
                      and u.valid_to = 'infinity'
                    order by u.resource_id
                    limit 100) as used
             join data_resource_version r on r.resource_id = used.resource_id and r.valid_to = 'infinity') as of_resources on true
   cross join lateral search_entry(
           p.title, p.title_translations,
           concat_ws(' / ', o.name, search_values(o.name_translations), of_resources.titles),
           concat_ws(' / ', left(p.summary, 1000), search_values(p.summary_translations))) as e
   where p.product_id = any(ids)
     and p.valid_to = 'infinity'
  on conflict (operator_id, id) do update
     set listed = excluded.listed, folded = excluded.folded, translated = excluded.translated,
         size = excluded.size, titles = excluded.titles, names = excluded.names, words = excluded.words,
         initials = excluded.initials, sounds = excluded.sounds;
end
$$;

-- All of it anew. Searches wait meanwhile: indexes are dropped and come last, because they are made faster than they grow.
create function rebuild_search() returns void
language plpgsql set maintenance_work_mem = '256MB' as $$
declare
  entries text;
  batch uuid[];
begin
  foreach entries in array array['organization', 'data_resource', 'product'] loop
    execute format('truncate %I_search', entries);
    execute format('drop index if exists %1$I_search_words, %1$I_search_folded, %1$I_search_initials, %1$I_search_size', entries);
    for batch in execute format('select array_agg(id) from (select id, row_number() over (order by id) / 10000 as part from %I) as parts'
                               ' group by part', entries) loop
      execute format('select refresh_%I_search($1)', entries) using batch;
    end loop;
    execute format('create index %1$I_search_words on %1$I_search using gin (titles, words, sounds)', entries);
    execute format('create index %1$I_search_folded on %1$I_search (folded text_pattern_ops, id)', entries);
    execute format('create index %1$I_search_initials on %1$I_search (initials text_pattern_ops, id)', entries);
    execute format('create index %1$I_search_size on %1$I_search (size, id)', entries);
    execute format('analyze %I_search', entries);
  end loop;
end
$$;

-- Entries follow what is written, in its transaction; the first argument names the column of their id, the second
-- the function that refreshes them.
create function follow_in_search() returns trigger
language plpgsql as $$
begin
  execute format('select %I(array(select distinct %I from changed))', tg_argv[1], tg_argv[0]);
  return null;
end
$$;

do $$
declare
  written text[];
  event text;
begin
  foreach written slice 1 in array array[
    ['organization_version', 'organization_id', 'refresh_organization_search'],
    ['data_resource_version', 'resource_id', 'refresh_data_resource_search'],
    ['product_version', 'product_id', 'refresh_product_search'],
    ['product_resource', 'product_id', 'refresh_product_search']]
  loop
    foreach event in array array['insert', 'update'] loop
      execute format('create trigger %I after %s on %I referencing new table as changed'
                     ' for each statement execute function follow_in_search(%L, %L)',
                     written[1] || '_search_' || event, event, written[1], written[2], written[3]);
    end loop;
  end loop;
end
$$;

-- The share of rows that hold the rarest word asked for, as the statistics of a column tell; 0 for a word they do
-- not name. In a language that keeps its plans: views of statistics take longer to plan than to read.
create function search_share(entries text, of_column text, query tsquery) returns real
language plpgsql stable parallel safe as $$
begin
  return (
    with common as materialized (
      select word, share
        from pg_stats,
             unnest(most_common_elems::text::text[], most_common_elem_freqs) as known (word, share)
       where schemaname = any(current_schemas(false))
         and tablename = entries
         and attname = of_column)
    select coalesce(min(share), 0)
      from (select coalesce((select sum(c.share)
                               from regexp_matches(part, '''([^'']+)''(:\*)?', 'g') as asked
                               join common c on c.word = asked[1] or asked[2] is not null and starts_with(c.word, asked[1])), 0) as share
              from unnest(string_to_array(query::text, ' & ')) as part) as parts);
end
$$;

-- Functions that keep every search within bounds, for each kind.
do $$
declare
  entries text;
begin
  foreach entries in array array['organization_search', 'data_resource_search', 'product_search'] loop
    -- What a text finds, with its score: all hits, if they are no more than 3,000. Else a row without id says that there
    -- are more, and the hits are some of the best, which may repeat: titles that are or begin with the text, titles that
    -- hold its words, and the shortest of these. The score of that row is 1 if they are certainly more than are counted.
    -- Sequential scans are off because frequent words without a common row look like many hits to the planner, who would
    -- read the whole table for them. Words that a sample shows to be in many rows together are not looked up: an index
    -- gathers all rows first, and walking meets them soon. The sample is the same each time, so that one page follows
    -- another.
    execute format($hits$
      create function %1$s_hits(asked text) returns table (id uuid, score integer, listed boolean)
      language plpgsql stable rows 3000 set enable_seqscan = off set work_mem = '32MB' as $f$
      #variable_conflict use_column
      declare
        query constant tsquery := search_query(asked);
        whole constant text := search_fold(asked);
        parts constant text[] := search_patterns(asked);
        pages integer := 0;
        rows_of_all real := 0;
        in_words real := 0;
        in_titles real := 0;
        is_everywhere boolean := false;
        found_rows integer;
      begin
        if query is null then
          return;
        end if;
        if search_share('%1$s', 'words', query) >= 0.05 then
          select relpages, reltuples into pages, rows_of_all from pg_class where oid = '%1$s'::regclass;
          select coalesce(avg((s.listed and s.words @@ query)::integer), 0), coalesce(avg((s.titles @@ query)::integer), 0)
            into in_words, in_titles
            from %1$s s tablesample system (least(100, 6000.0 / greatest(1, pages))) repeatable (1);
          is_everywhere := in_words >= 0.05 and in_words * rows_of_all > 8000;
        end if;
        if not is_everywhere then
          return query
            select s.id, search_score(s.folded, s.translated, s.names, s.size, s.titles @@ query, whole, parts), s.listed
              from %1$s s where s.words @@ query limit 3001;
          get diagnostics found_rows = row_count;
          if found_rows <= 3000 then
            return;
          end if;
        end if;
        return query select null::uuid, (in_words * rows_of_all > 30000)::integer, false;
        return query
          select s.id, search_score(s.folded, s.translated, s.names, s.size, true, whole, parts), s.listed
            from (select * from %1$s as e
                   where e.folded ~>=~ whole and e.folded ~<~ (whole || U&'\+10FFFF')
                   order by e.folded using ~<~, e.id limit 300) as s
           where s.titles @@ query;
        return query
          select s.id, search_score(s.folded, s.translated, s.names, s.size, true, whole, parts), s.listed
            from (select * from %1$s order by size, id limit case when in_titles >= 0.05 then 10000 else 2000 end) as s
           where s.titles @@ query limit 500;
        get diagnostics found_rows = row_count;
        if found_rows < 500 and in_titles < 0.1 then
          return query
            select s.id, search_score(s.folded, s.translated, s.names, s.size, true, whole, parts), s.listed
              from %1$s s where s.titles @@ query limit 1000;
        end if;
        if found_rows < 500 and is_everywhere then
          return query
            select s.id, search_score(s.folded, s.translated, s.names, s.size, s.titles @@ query, whole, parts), s.listed
              from (select * from %1$s order by size, id limit 10000) as s where s.words @@ query limit 500;
        end if;
      end
      $f$
      $hits$, entries);

    -- Their scores, of those among "ids" that a text finds.
    execute format($scores$
      create function %1$s_scores(ids uuid[], asked text) returns table (id uuid, score integer)
      language plpgsql stable rows 1000 as $f$
      #variable_conflict use_column
      declare
        query constant tsquery := search_query(asked);
        whole constant text := search_fold(asked);
        parts constant text[] := search_patterns(asked);
      begin
        return query
          select s.id, search_score(s.folded, s.translated, s.names, s.size, s.titles @@ query, whole, parts)
            from unnest(ids) as among (id)
            join %1$s s on s.id = among.id
           where s.words @@ query;
      end
      $f$
      $scores$, entries);

    -- Titles to go on with while a text is typed, of what is listed, each once: titles that begin with it, whose initials
    -- begin with it, that hold its words, that hold its initials inside; shorter ones first.
    execute format($suggestions$
      create function %1$s_suggestions(asked text, most integer) returns table (id uuid, initials text, score integer)
      language plpgsql stable rows 20 set enable_seqscan = off set work_mem = '32MB' as $f$
      #variable_conflict use_column
      declare
        query constant tsquery := search_query(asked);
        whole constant text := search_fold(asked);
        spelt constant text := substring(replace(whole, ' ', '') from '^[a-z0-9]{2,40}$');
        sound constant tsquery := case when length(spelt) > 2 then (quote_literal(left(spelt, 8)) || ':*')::tsquery end;
        in_titles constant real := search_share('%1$s', 'titles', query);
        in_sounds constant real := search_share('%1$s', 'sounds', sound);
        is_everywhere constant boolean := numnode(query) = 1 and in_titles >= 0.1;
      begin
        return query
          select of_title.id, of_title.initials, of_title.score
            from (select distinct on (found.folded) found.id, found.folded, found.initials,
                         found.way * 1000 + 999 - least(found.size, 999) as score
                    from ((select 4 as way, s.id, s.folded, s.initials, s.size
                             from %1$s s
                            where s.folded ~>=~ whole and s.folded ~<~ (whole || U&'\+10FFFF') and whole <> '' and s.listed
                            order by s.folded using ~<~, s.id limit 200)
                          union all
                          (select 3, s.id, s.folded, s.initials, s.size
                             from %1$s s
                            where s.initials ~>=~ spelt and s.initials ~<~ (spelt || '~') and s.listed
                            order by s.initials using ~<~, s.id limit 200)
                          union all
                          (select 2, s.id, s.folded, s.initials, s.size
                             from %1$s s where s.titles @@ query and s.listed and not is_everywhere limit 500)
                          union all
                          (select 2, s.id, s.folded, s.initials, s.size
                             from (select * from %1$s order by size, id limit 2000) as s
                            where s.titles @@ query and s.listed and in_titles >= 0.01 limit 200)
                          union all
                          (select 1, s.id, s.folded, s.initials, s.size
                             from %1$s s where s.sounds @@ sound and s.listed and in_sounds < 0.1 limit 500)
                          union all
                          (select 1, s.id, s.folded, s.initials, s.size
                             from (select * from %1$s order by size, id limit 2000) as s
                            where s.sounds @@ sound and s.listed and in_sounds >= 0.01 limit 200)) as found
                   order by found.folded, found.way desc, found.size, found.id) as of_title
           order by of_title.score desc, of_title.folded, of_title.id
           limit most;
      end
      $f$
      $suggestions$, entries);
  end loop;
end
$$;

select rebuild_search();

-- Words of a resource's title were kept in every version and read by nobody; a product's answer for past moments.
drop index data_resource_version_tokens;
alter table data_resource_version drop column tokens;
drop index product_version_tokens;
create index product_version_tokens on product_version using gin (tokens);
