package dev.fairground.graphql;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.scalars.ExtendedScalars;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import graphql.schema.GraphQLScalarType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The scalars of {@code schema/root.graphqls}. */
final class Scalars {
  private static final int MAX_DECIMAL_DIGITS = 64;
  private static final int DAY_LENGTH = 10;
  private static final int FIRST_YEAR = 1;
  private static final int LAST_YEAR = 9999;

  /** Kept to the microsecond, as PostgreSQL keeps it; the library's own drops to milliseconds. */
  static final GraphQLScalarType DATE_TIME =
      scalar("DateTime", new Parsed("a moment such as 2026-01-31T08:00:00Z", Scalars::moment));

  static final GraphQLScalarType DECIMAL =
      scalar("Decimal", new Parsed("an exact decimal such as \"0.0450\"", Scalars::decimal));

  static final GraphQLScalarType LOCALE =
      scalar("Locale", new Parsed("a language tag such as zh-CN", Scalars::locale));

  /** Strict, unlike the library's own, which rolls 30 February over and takes any year. */
  static final GraphQLScalarType DATE =
      scalar("Date", new Parsed("a day such as 2026-01-31", Scalars::day));

  static final GraphQLScalarType URI =
      ExtendedScalars.newAliasedScalar("URI").aliasedScalar(graphql.Scalars.GraphQLString).build();

  private Scalars() {}

  static List<GraphQLScalarType> all() {
    return List.of(DATE_TIME, DATE, DECIMAL, LOCALE, URI);
  }

  /** A moment as answers show it: UTC, with as many decimals of the second as there are. */
  static String write(OffsetDateTime moment) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
        moment.withOffsetSameInstant(ZoneOffset.UTC));
  }

  /** A decimal as answers show it: no exponent, no trailing zeros. */
  static String write(BigDecimal decimal) {
    return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
  }

  private static Object moment(String text) {
    var moment = OffsetDateTime.parse(text).truncatedTo(ChronoUnit.MICROS);
    if (moment.getYear() < FIRST_YEAR || moment.getYear() > LAST_YEAR) {
      throw new DateTimeException("the year is out of range");
    }
    return moment;
  }

  private static Object day(String text) {
    // PostgreSQL knows fewer years than Java, and nobody means one of five digits.
    if (text.length() != DAY_LENGTH) {
      throw new DateTimeException("the year has four digits");
    }
    var day = LocalDate.parse(text);
    if (day.getYear() < FIRST_YEAR) {
      throw new DateTimeException("the year is out of range");
    }
    return day;
  }

  private static Object decimal(String text) {
    // Java would take the digits of every script.
    if (text.length() > MAX_DECIMAL_DIGITS
        || text.chars().anyMatch(c -> "+-.0123456789".indexOf(c) < 0)) {
      throw new NumberFormatException("too long, with an exponent, or with other digits");
    }
    return new BigDecimal(text);
  }

  private static Object locale(String text) {
    return new Locale.Builder().setLanguageTag(text).build().toLanguageTag();
  }

  private static GraphQLScalarType scalar(String name, Coercing<Object, Object> coercing) {
    return GraphQLScalarType.newScalar().name(name).coercing(coercing).build();
  }

  /** Reads a text by a parser of ours, and writes values as the answers' writer does. */
  private record Parsed(String wanted, java.util.function.Function<String, Object> parser)
      implements Coercing<Object, Object> {
    @Override
    public Object serialize(Object value, GraphQLContext context, Locale locale) {
      return switch (value) {
        case OffsetDateTime moment -> write(moment);
        case java.time.Instant instant -> write(instant.atOffset(ZoneOffset.UTC));
        case LocalDate day -> day.toString();
        case BigDecimal decimal -> write(decimal);
        case String text -> text;
        default -> throw new CoercingSerializeException("cannot be shown as " + wanted);
      };
    }

    @Override
    public Object parseValue(Object input, GraphQLContext context, Locale locale) {
      var text = input instanceof Number || input instanceof String ? input.toString() : null;
      var parsed = parse(text);
      if (parsed == null) {
        throw new CoercingParseValueException("is not " + wanted);
      }
      return parsed;
    }

    @Override
    public Object parseLiteral(
        Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
      var text =
          switch (input) {
            case StringValue string -> string.getValue();
            case IntValue integer -> integer.getValue().toString();
            case FloatValue decimal -> decimal.getValue().toPlainString();
            default -> null;
          };
      var parsed = parse(text);
      if (parsed == null) {
        throw new CoercingParseLiteralException("is not " + wanted);
      }
      return parsed;
    }

    private @Nullable Object parse(@Nullable String text) {
      if (text == null) {
        return null;
      }
      try {
        return parser.apply(text);
      } catch (DateTimeException
          | IllegalArgumentException
          | java.util.IllformedLocaleException e) {
        return null;
      }
    }

    @Override
    public Value<?> valueToLiteral(Object input, GraphQLContext context, Locale locale) {
      return StringValue.of(String.valueOf(serialize(input, context, locale)));
    }
  }
}
