package dev.fairground.draft;

import dev.fairground.kernel.Ids;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an entry that is to be published rests on, as it is now.
 *
 * @param productVersion the newest version of its product; null while there is none
 * @param productStatus where the product stands in its list; null while there is none
 * @param changedFields the members that differ from that version; empty for a new product
 * @param moved whether that version says other things than the one the draft began with
 * @param codeTaken whether another product of the operator has its code
 * @param grant its authorization; null while it names none
 * @param confirmers who has to confirm before it is published
 */
record Standing(
    UUID id,
    @Nullable Integer productVersion,
    @Nullable String productStatus,
    List<String> changedFields,
    boolean moved,
    boolean codeTaken,
    @Nullable Grant grant,
    List<ProductDraft.Confirmer> confirmers) {

  /**
   * An authorization beside an entry that names it.
   *
   * @param inForce whether it may be used on the day
   * @param endsOn the last day of its term
   * @param reviewing whether the caller decides reviews for its institution
   * @param supervising whether the caller does for a data authority of its jurisdiction
   * @param outside the entry's resources that are not in its scope, by their places in the list
   * @param prohibited the entry's scenarios that it does not allow, by their places in the list
   * @param beyondTerm whether the entry is offered on days outside of its term
   */
  record Grant(
      UUID id,
      String number,
      String state,
      boolean inForce,
      @Nullable LocalDate endsOn,
      boolean reviewing,
      boolean supervising,
      List<Integer> outside,
      List<Integer> prohibited,
      boolean beyondTerm) {}

  boolean touchesScope() {
    return changedFields.stream().anyMatch(DraftContent.SCOPE::contains);
  }

  boolean isDelisted() {
    return "DELISTED".equals(productStatus);
  }

  static String productId(ProductDraft.Kind kind, UUID productId) {
    return Ids.write(kind == ProductDraft.Kind.DATA_PRODUCT ? "dp" : "sc", productId);
  }
}
