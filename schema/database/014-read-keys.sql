-- Steps of tariffs are read by the tariff's id and version, of whatever operator.
create index tariff_id on tariff (id, version);
