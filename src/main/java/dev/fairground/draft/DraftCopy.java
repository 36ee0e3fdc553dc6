package dev.fairground.draft;

import dev.fairground.draft.ProductDraft.Confirmation;
import dev.fairground.draft.ProductDraft.Confirmer;
import dev.fairground.draft.ProductDraft.Review;
import dev.fairground.draft.ProductDraft.ReviewKind;
import dev.fairground.draft.ProductDraft.Status;
import dev.fairground.graphql.Write;
import io.vertx.core.json.JsonObject;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A draft with some things other than they are. */
final class DraftCopy {
  private final ProductDraft draft;
  private ProductDraft.Kind kind;
  private String code;
  private @Nullable Integer baseVersion;
  private Status status;
  private JsonObject content;
  private @Nullable Review security;
  private @Nullable Review norm;
  private @Nullable Confirmation institution;
  private @Nullable Confirmation authority;
  private @Nullable OffsetDateTime submittedAt;
  private @Nullable String submittedBy;

  DraftCopy(ProductDraft draft) {
    this.draft = draft;
    kind = draft.kind();
    code = draft.code();
    baseVersion = draft.baseVersion();
    status = draft.status();
    content = draft.content();
    security = draft.security();
    norm = draft.norm();
    institution = draft.institution();
    authority = draft.authority();
    submittedAt = draft.submittedAt();
    submittedBy = draft.submittedBy();
  }

  DraftCopy content(JsonObject other) {
    content = other;
    return this;
  }

  DraftCopy code(String other) {
    code = other;
    return this;
  }

  DraftCopy kind(ProductDraft.Kind other) {
    kind = other;
    return this;
  }

  DraftCopy baseVersion(@Nullable Integer other) {
    baseVersion = other;
    return this;
  }

  DraftCopy status(Status other) {
    status = other;
    return this;
  }

  /** Forgets what was decided on it before. */
  DraftCopy undecided() {
    security = null;
    norm = null;
    institution = null;
    authority = null;
    submittedAt = null;
    submittedBy = null;
    return this;
  }

  DraftCopy submitted(Write write) {
    submittedAt = ProductDraftRepository.now(write);
    submittedBy = write.actor().name();
    return this;
  }

  DraftCopy review(Review review) {
    if (review.kind() == ReviewKind.SECURITY) {
      security = review;
    } else {
      norm = review;
    }
    return this;
  }

  DraftCopy confirmed(Confirmer confirmer, Write write) {
    var confirmation =
        new Confirmation(confirmer, ProductDraftRepository.now(write), write.actor().name());
    if (confirmer == Confirmer.INSTITUTION) {
      institution = confirmation;
    } else {
      authority = confirmation;
    }
    return this;
  }

  ProductDraft made() {
    return new ProductDraft(
        draft.id(),
        draft.operatorId(),
        draft.productId(),
        kind,
        code,
        baseVersion,
        draft.version(),
        status,
        content,
        draft.authorizationId(),
        draft.missing(),
        security,
        norm,
        institution,
        authority,
        submittedAt,
        submittedBy,
        draft.createdAt(),
        draft.createdBy(),
        draft.updatedAt(),
        draft.updatedBy());
  }
}
