package dev.fairground.registration;

import dev.fairground.graphql.Arguments;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import java.util.ArrayList;
import java.util.List;

/** Pure: which members of a new application's input go together. */
final class ApplicationShape {
  private static final int MOST_JOINT = 20;

  private ApplicationShape() {}

  static List<UserError> problems(Arguments input, Registration.Kind kind) {
    var errors = new ArrayList<UserError>();
    joint(input, errors);
    if (kind != Registration.Kind.FIRST) {
      if (!input.has("registrationId")) {
        errors.add(
            InputError.at(
                input,
                "registrationId",
                UserErrorCode.REQUIRED,
                "Name the registration that this is about."));
      }
      for (var member : List.of("resourceId", "productId", "registrarId", "providedOn")) {
        if (input.has(member)) {
          errors.add(
              InputError.at(
                  input,
                  member,
                  UserErrorCode.INVALID,
                  "The registration says it already. Leave it out."));
        }
      }
      return errors;
    }
    if (input.has("registrationId")) {
      errors.add(
          InputError.at(
              input,
              "registrationId",
              UserErrorCode.INVALID,
              "A first registration has none before it. Leave it out, or name another kind."));
    }
    if (input.has("resourceId") == input.has("productId")) {
      errors.add(
          InputError.at(
              input,
              input.has("resourceId") ? "productId" : "resourceId",
              UserErrorCode.REQUIRED,
              "Name either a resource or a product."));
    }
    if (Boolean.TRUE.equals(input.bool("openResource")) && input.has("productId")) {
      errors.add(
          InputError.at(
              input,
              "openResource",
              UserErrorCode.INVALID,
              "A product is no open resource. Leave it out."));
    }
    if (!input.has("registrarId")) {
      errors.add(
          InputError.at(
              input, "registrarId", UserErrorCode.REQUIRED, "Name the registrar to apply to."));
    }
    return errors;
  }

  static void joint(Arguments input, List<UserError> errors) {
    if (input.strings("jointApplicantIds").size() > MOST_JOINT) {
      errors.add(
          InputError.at(
              input, "jointApplicantIds", UserErrorCode.INVALID, "At most " + MOST_JOINT + "."));
    }
  }

  /** The member that names what the application is about. */
  static String subject(Arguments input, Registration.Kind kind) {
    return kind != Registration.Kind.FIRST
        ? "registrationId"
        : input.has("productId") ? "productId" : "resourceId";
  }

  /** Whose rules it follows: the registrar's. */
  static String jurisdiction(
      Arguments input, Registration.Kind kind, List<String> ofRegistrar, List<UserError> errors) {
    var wanted = kind == Registration.Kind.RENEWAL ? null : input.string("jurisdiction");
    if (ofRegistrar.isEmpty()) {
      errors.add(
          InputError.at(
              input,
              kind == Registration.Kind.FIRST ? "registrarId" : "registrationId",
              UserErrorCode.NOT_FOUND,
              "This organization is no registrar today. Name one that is: organizations(filter: {role: REGISTRAR}) lists them."));
      return "";
    }
    if (wanted == null && ofRegistrar.size() > 1) {
      if (kind != Registration.Kind.FIRST) {
        return ofRegistrar.getFirst();
      }
      errors.add(
          InputError.at(
              input,
              "jurisdiction",
              UserErrorCode.REQUIRED,
              "The registrar serves several jurisdictions. Name one of %s."
                  .formatted(String.join(", ", ofRegistrar))));
      return "";
    }
    if (wanted != null && !ofRegistrar.contains(wanted)) {
      errors.add(
          InputError.at(
              input,
              "jurisdiction",
              UserErrorCode.NOT_FOUND,
              "The registrar does not serve this jurisdiction. It serves %s."
                  .formatted(String.join(", ", ofRegistrar))));
      return "";
    }
    return wanted == null ? ofRegistrar.getFirst() : wanted;
  }
}
