package dev.fairground.jurisdiction;

import static java.util.Objects.requireNonNull;

import dev.fairground.event.EventLog;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Feature;
import dev.fairground.graphql.Listing;
import dev.fairground.graphql.Loader;
import dev.fairground.graphql.Wiring;
import dev.fairground.kernel.Ids;
import dev.fairground.mutation.Mutations;
import dev.fairground.sql.Clause;
import dev.fairground.sql.Database;
import dev.fairground.sql.Key;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Binds {@code schema/jurisdiction.graphqls}. */
public final class JurisdictionResolver implements Feature {
  /** The prefix of global ids of jurisdictions, behind which their code stands. */
  public static final String PREFIX = "jur";

  private static final int FIRST_YEAR = 1949;
  private static final int LAST_YEAR = 2200;

  private final Listing<Jurisdiction> list;
  private final Loader<String, Loader.None, Jurisdiction> byCode;
  private final Loader<UUID, Loader.None, Jurisdiction> byId;
  private final Loader<String, Loader.None, List<RuleSet>> ruleSets;
  private final Loader<String, Optional<LocalDate>, List<Rule>> rules;
  private final Loader<RuleSet.Key, Loader.None, List<Rule>> rulesOfSets;
  private final Loader<RuleSet.Key, Loader.None, RuleSet> ruleSetsByVersion;
  private final Loader<JurisdictionRepository.RuleKey, Loader.None, Rule> rulesByKey;
  private final Loader<String, Loader.None, WorkCalendar> calendars;
  private final Loader<String, Loader.None, List<WorkCalendar.Year>> years;
  private final Loader<String, Integer, List<WorkCalendar.Day>> days;
  private final RuleSetPublish publish;

  public JurisdictionResolver(Database database) {
    var jurisdictions = new JurisdictionRepository(database);
    var workCalendars = new WorkCalendarRepository(database);
    list =
        new Listing<>(
            database,
            JurisdictionRepository.LIST,
            (arguments, moment) -> Clause.TRUE,
            arguments -> List.of(Key.text("j.code", false, Jurisdiction::code)));
    byCode = Loader.one("jurisdictionsByCode", jurisdictions::findByCodes, Jurisdiction::code);
    byId =
        Loader.one(
            "jurisdictionsById",
            (reading, ids) ->
                jurisdictions.findByCodes(reading, ids.stream().map(Ids::code).toList()),
            JurisdictionResolver::id);
    ruleSets =
        Loader.many(
            "ruleSetsOfJurisdictions", jurisdictions::findRuleSets, RuleSet::jurisdictionCode);
    rules =
        Loader.many(
            "rulesOfJurisdictions",
            (reading, on, codes) ->
                jurisdictions.findRules(reading, on.orElse(reading.moment().day()), codes),
            Rule::wantedFor);
    rulesOfSets =
        Loader.many(
            "rulesOfSets",
            jurisdictions::findRulesOfSets,
            rule -> new RuleSet.Key(rule.jurisdictionCode(), rule.ruleSetVersion()));
    ruleSetsByVersion =
        Loader.one("ruleSetsByVersion", jurisdictions::findRuleSetsByVersion, RuleSet::key);
    rulesByKey =
        Loader.one("rulesByKey", jurisdictions::findRulesByKey, JurisdictionRepository.RuleKey::of);
    calendars = Loader.one("workCalendarsById", workCalendars::findByIds, WorkCalendar::id);
    years =
        Loader.many(
            "yearsOfWorkCalendars", workCalendars::findYears, WorkCalendar.Year::calendarId);
    days =
        Loader.many("daysOfWorkCalendars", workCalendars::findDays, WorkCalendar.Day::calendarId);
    publish =
        new RuleSetPublish(
            Mutations.ofPublicContent(database),
            new RuleSetRepository(database),
            new EventLog(database));
  }

  /** Jurisdictions by code. */
  public Loader<String, Loader.None, Jurisdiction> jurisdictions() {
    return byCode;
  }

  /** Calendars of working days by id. */
  public Loader<String, Loader.None, WorkCalendar> calendars() {
    return calendars;
  }

  /** Ties a field that leads to one rule of a set, in force or not. */
  public <S> void rule(
      Wiring.TypeWiring<S> type,
      String field,
      Function<S, String> jurisdictionCode,
      ToIntFunction<S> ruleSetVersion,
      Function<S, String> name) {
    type.loaded(
        field,
        rulesByKey,
        source ->
            new JurisdictionRepository.RuleKey(
                jurisdictionCode.apply(source),
                ruleSetVersion.applyAsInt(source),
                name.apply(source)));
  }

  @Override
  public void wire(Wiring wiring) {
    wiring
        .type(Jurisdiction.class)
        .identified(PREFIX, JurisdictionResolver::id, byId)
        .localized("name", Jurisdiction::name)
        .loaded("parent", byCode, Jurisdiction::parentCode)
        .loaded("ruleSets", ruleSets, Jurisdiction::code)
        .loaded("rules", rules, Jurisdiction::code, JurisdictionResolver::on)
        .loaded("workCalendar", calendars, Jurisdiction::calendarId);
    wiring
        .type(RuleSet.class)
        .localized("title", RuleSet::title)
        .loaded("parameters", rulesOfSets, RuleSet::key);
    wiring.type(Rule.class).localized("description", Rule::description);
    wiring
        .type(WorkCalendar.class)
        .computed("calendarId", WorkCalendar::globalId)
        .localized("name", WorkCalendar::name)
        .loaded("years", years, WorkCalendar::id)
        .loaded("days", days, WorkCalendar::id, JurisdictionResolver::year);
    wiring.type("WorkCalendarYear", WorkCalendar.Year.class);
    wiring.type("WorkCalendarDay", WorkCalendar.Day.class);
    wiring.connection("Jurisdiction", list);
    wiring
        .query()
        .answered("jurisdictions", list::page)
        .found("jurisdiction", byCode, arguments -> requireNonNull(arguments.string("code")))
        .answered(
            "rules",
            (reading, arguments) -> {
              var code = requireNonNull(arguments.string("jurisdiction"));
              return rules
                  .batch()
                  .load(reading, on(arguments), List.of(code))
                  .map(found -> found.get(code));
            })
        .found(
            "ruleSet",
            ruleSetsByVersion,
            arguments ->
                new RuleSet.Key(
                    requireNonNull(arguments.string("jurisdiction")),
                    requireNonNull(arguments.integer("version"))))
        .found("workCalendar", calendars, arguments -> requireNonNull(arguments.string("id")));
    wiring.type("RuleSetPublishPayload", RuleSetPublish.Payload.class);
    wiring.mutation().mutated("ruleSetPublish", publish::run);
  }

  private static UUID id(Jurisdiction jurisdiction) {
    return Ids.ofCode(jurisdiction.code());
  }

  private static Optional<LocalDate> on(Arguments arguments) {
    return Optional.ofNullable(arguments.date("on"));
  }

  private static Integer year(Arguments arguments) {
    var year = requireNonNull(arguments.integer("year"));
    if (year < FIRST_YEAR || year > LAST_YEAR) {
      throw arguments.bad(
          "year", "must be between " + FIRST_YEAR + " and " + LAST_YEAR + ", but is " + year);
    }
    return year;
  }
}
