package dev.fairground.registration;

import dev.fairground.graphql.Arguments;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import java.util.List;
import java.util.Objects;

/** What an objection says: under a real name, with evidence. */
record ObjectionForm(String name, String contact, String grounds, List<String> evidence) {
  static ObjectionForm read(Arguments input, List<UserError> errors) {
    var evidence = input.strings("evidence");
    if (evidence.isEmpty()
        || evidence.size() > 50
        || !evidence.stream().allMatch(text -> ApplicationForm.fits(text, 2_000))) {
      errors.add(
          new InputError(
              UserErrorCode.REQUIRED,
              "An objection comes with evidence: 1 to 50 texts of 1 to 2000 characters, such as addresses of documents.",
              input.path("evidence"),
              "objectionWithEvidence"));
    }
    return new ObjectionForm(
        given(input, "name", 200, errors),
        given(input, "contact", 500, errors),
        given(input, "grounds", ApplicationForm.LONGEST_REASON, errors),
        evidence);
  }

  private static String given(Arguments input, String member, int longest, List<UserError> errors) {
    return Objects.requireNonNull(ApplicationForm.text(input, member, longest, errors));
  }
}
