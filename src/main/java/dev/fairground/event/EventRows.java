package dev.fairground.event;

/** Writes many events by one statement on a blocking connection, in the transaction of a job. */
public final class EventRows {
  private EventRows() {}

  /**
   * A statement that appends an event for each row of a query, for its organization only.
   *
   * @param rows a query of ours that gives type, subject, subject version, organization, and the
   *     names of changed fields. Behind its arguments stand: the moment, the actor's subject, its
   *     name, and the request's id
   */
  public static String appendFrom(String rows) {
    return append(rows, false);
  }

  /** The same for everybody to read. */
  public static String appendOpenFrom(String rows) {
    return append(rows, true);
  }

  private static String append(String rows, boolean open) {
    return """
        -- appendEventsOfJob
        insert into event_outbox
               (id, occurred_at, type, subject, subject_version, organization_id, open, changed_fields, actor,
                actor_name, request_id)
        select gen_random_uuid(), w.at, e.type, e.subject, e.version, e.organization_id, %s, e.fields, w.actor,
               w.name, w.request
          from (%s) as e (type, subject, version, organization_id, fields)
         cross join (select ?::timestamptz, ?::text, ?::text, ?::text) as w (at, actor, name, request)
        """
        .formatted(open, rows);
  }
}
