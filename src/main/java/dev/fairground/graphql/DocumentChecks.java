package dev.fairground.graphql;

import graphql.GraphQLException;
import graphql.language.Document;
import graphql.language.OperationDefinition;
import graphql.language.SourceLocation;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import graphql.parser.exceptions.ParseCancelledException;
import graphql.parser.exceptions.ParseCancelledTooDeepException;
import graphql.schema.GraphQLSchema;
import graphql.validation.OperationValidationRule;
import graphql.validation.QueryComplexityLimits;
import graphql.validation.Validator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The checks of a new document, in order of what they cost: characters and words, the parser, the
 * shape, the schema's validation, and last its literals, while the cost formula is made.
 */
final class DocumentChecks {
  /** Not the machine's language: the library has some of its words in others. */
  private static final Locale WORDS = Locale.ROOT;

  private final GraphQLSchema schema;
  private final Limits limits;
  private final ValidationWords words;

  DocumentChecks(GraphQLSchema schema, Limits limits) {
    this.schema = schema;
    this.limits = limits;
    this.words = new ValidationWords(schema);
  }

  Prepared prepare(String text, String hash, boolean signedIn) {
    var documents = limits.documents(signedIn);
    SourceScan.check(text, documents);
    var document = parse(text, documents);
    DocumentShape.check(document, documents);
    validate(document);
    var compiler = new CostCompiler(schema, limits, document);
    var operations =
        document.getDefinitionsOfType(OperationDefinition.class).stream()
            .map(compiler::compile)
            .toList();
    return new Prepared(document, hash, signedIn, text.length(), operations);
  }

  private static Document parse(String text, DocumentLimits limits) {
    var options =
        ParserOptions.newParserOptions()
            .maxCharacters(limits.characters())
            // The parser counts the end of the text too.
            .maxTokens(limits.tokens() + 1)
            .maxWhitespaceTokens(limits.ignoredCharacters() + limits.byteOrderMarks())
            .maxRuleDepth(limits.ruleDepth())
            .captureIgnoredChars(false)
            .captureLineComments(false)
            .readerTrackData(false)
            .build();
    try {
      return Parser.parse(
          ParserEnvironment.newParserEnvironment()
              .document(text)
              .parserOptions(options)
              .locale(WORDS)
              .build());
    } catch (ParseCancelledTooDeepException tooDeep) {
      throw new Refusal(
          ErrorCode.DEPTH_LIMIT_EXCEEDED,
          "The document nests deeper than %d rules of the grammar. Split it into several requests."
              .formatted(limits.ruleDepth()),
          places(tooDeep),
          Map.of("limit", "ruleDepth", "maximum", limits.ruleDepth()));
    } catch (ParseCancelledException tooMany) {
      throw new Refusal(
          ErrorCode.DOCUMENT_LIMIT_EXCEEDED,
          "The document has too many tokens. Ask for less, or split it into several requests.",
          places(tooMany),
          Map.of("limit", "tokens", "maximum", limits.tokens()));
    } catch (InvalidSyntaxException wrong) {
      throw new Refusal(
          ErrorCode.GRAPHQL_PARSE_FAILED, ParseWords.say(wrong), places(wrong), Map.of());
    } catch (GraphQLException wrong) {
      // The parser fails without a message of its own for some escapes in text.
      throw new Refusal(
          ErrorCode.GRAPHQL_PARSE_FAILED,
          "The document cannot be read: it holds an escape that stands for no character.");
    }
  }

  private static List<SourceLocation> places(InvalidSyntaxException wrong) {
    return wrong.getLocation() == null ? List.of() : List.of(wrong.getLocation());
  }

  /** All rules but the library's limits on size and introspection, which come too late. */
  private void validate(Document document) {
    var errors =
        new Validator()
            .validateDocument(
                schema,
                document,
                rule -> rule != OperationValidationRule.GOOD_FAITH_INTROSPECTION,
                WORDS,
                QueryComplexityLimits.NONE);
    if (!errors.isEmpty()) {
      throw new Refusal(errors.stream().limit(limits.errors()).map(words::fault).toList());
    }
  }
}
