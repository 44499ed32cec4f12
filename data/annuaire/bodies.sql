SELECT body.*, kind
FROM directory_bodies('"ods_v2.1_record_mission_locale.json"',
    ['"ods_v2.1_export_json_mairie.json"', '"ods_v2.1_record_mission_locale.json"']) AS body
  LEFT JOIN "kinds.csv" AS crosswalk ON crosswalk.type = registered_as
ORDER BY body.line
