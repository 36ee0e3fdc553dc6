package dev.fairground.format;

import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong in a list, or worth a note.
 *
 * @param row the number of the row as a spreadsheet counts, or of the line or document; 0 for the
 *     whole file
 * @param column the heading of the column, or the member's name
 * @param code for programs
 * @param note whether the entry is taken all the same
 */
public record ListFault(
    int row, @Nullable String column, String code, String message, boolean note) {
  static ListFault of(int row, @Nullable String column, String code, String message) {
    return new ListFault(row, column, code, message, false);
  }
}
