package dev.fairground.fairaccess;

import dev.fairground.clock.WorkDays;
import dev.fairground.jurisdiction.RuleBook;
import java.time.LocalDate;

/** What a check stands on beside its facts: the day, the rules in force on it, the calendar. */
public record Ground(LocalDate day, RuleBook rules, WorkDays calendar) {}
