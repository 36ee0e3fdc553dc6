package dev.fairground.bulk;

import java.sql.SQLException;

/** What the database refused while a file was being read: carries it past the file's reader. */
final class Refused extends RuntimeException {
  Refused(SQLException refused) {
    super(refused.getMessage(), refused);
  }
}
