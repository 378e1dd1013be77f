"""The registers of this room but for the grid's, which stands in arrivals.py."""

from __future__ import annotations

from app.domain.logistics.models import (
    LogisticsMovement,
    LogisticsOversight,
    LogisticsProblem,
    LogisticsReadiness,
    LogisticsStock,
    LogisticsSupport,
    LogisticsTarget,
)
from app.domain.logistics.rules import PROBLEM_FLOW, check_movement, check_readiness, check_stock
from app.domain.logistics.words import (
    ACTIVITIES,
    ADEQUACY,
    AREA,
    LEGS,
    PROBLEMS,
    REACHES,
    READINESS,
    SUPPORTS,
    TRANSPORTS,
    goods_choices,
)
from app.domain.regions import Level
from app.domain.registers import Column, Form, Register

EVERY_LEVEL = frozenset(Level)
BELOW_PROVINCE = EVERY_LEVEL - {Level.PROVINCE}
SOURCE = Column("source", "Sumber", most=300, hint="Surat, rapat, atau paparan dengan tanggalnya.")
NOTE = Column("note", "Catatan", most=300)

STOCK = Register(
    key="persediaan-logistik",
    subject="logistics_stock",
    action="logistics:stock",
    model=LogisticsStock,
    title="Persediaan logistik",
    one="persediaan",
    about="Per wilayah dan jenis: diterima, baik, rusak, kurang, diganti. Kebutuhannya dihitung dari angka acuan.",
    area=AREA,
    levels=frozenset({Level.PROVINCE, Level.REGENCY, Level.DISTRICT}),
    day="counted_on",
    name="goods",
    check=check_stock,
    once_per=("goods",),
    columns=(
        Column(
            "goods",
            "Jenis",
            Form.CHOICE,
            required=True,
            choices=goods_choices(),
            in_list=True,
            is_filter=True,
        ),
        Column(
            "received",
            "Diterima",
            Form.COUNT,
            in_list=True,
            parts=("good", "damaged"),
            hint="Baik ditambah rusak.",
        ),
        Column("good", "Baik", Form.COUNT, in_list=True),
        Column("damaged", "Rusak", Form.COUNT, in_list=True),
        Column("short", "Kurang", Form.COUNT, in_list=True, hint="Yang seharusnya datang dan tidak ada."),
        Column(
            "replaced",
            "Diganti",
            Form.COUNT,
            in_list=True,
            hint="Pengganti baik untuk yang rusak dan kurang.",
        ),
        Column(
            "need_said",
            "Kebutuhan menurut KPU",
            Form.COUNT,
            hint="Isi bila berbeda dari hitungan desk, atau bila desk tidak dapat menghitungnya.",
        ),
        Column("counted_on", "Tanggal dihitung", Form.DAY),
        NOTE,
    ),
)

MOVEMENTS = Register(
    key="pergeseran-logistik",
    subject="logistics_movement",
    action="logistics:movement",
    model=LogisticsMovement,
    title="Pergeseran logistik",
    one="pergeseran",
    about="Gudang, kecamatan, kelurahan/desa, TPS, dan kembali: kapan berangkat dan tiba, naik apa, siapa mengawal.",
    area=AREA,
    levels=BELOW_PROVINCE,
    day="left_on",
    name="cargo",
    check=check_movement,
    columns=(
        Column("leg", "Ruas", Form.CHOICE, required=True, choices=LEGS, in_list=True, is_filter=True),
        Column("cargo", "Muatan", Form.LONG, required=True, most=400, hint="Jenis dan jumlahnya."),
        Column("origin", "Dari", most=160),
        Column("destination", "Ke", most=160, hint="Bila tidak jelas dari wilayahnya."),
        Column("left_on", "Tanggal berangkat", Form.DAY, in_list=True),
        Column("left_at", "Jam berangkat", Form.CLOCK),
        Column("arrived_on", "Tanggal tiba", Form.DAY, in_list=True),
        Column("arrived_at", "Jam tiba", Form.CLOCK),
        Column("transport", "Angkutan", Form.CHOICE, choices=TRANSPORTS, in_list=True, is_filter=True),
        Column("escort", "Pengawalan", most=160, hint="Satuan dan banyak orangnya, bukan nama."),
        Column("handover_paper", "Nomor berita acara serah terima", most=80),
        NOTE,
    ),
)

OVERSIGHT = Register(
    key="pengawasan-logistik",
    subject="logistics_oversight",
    action="logistics:oversight",
    model=LogisticsOversight,
    title="Pengawasan produksi dan sortir",
    one="pengawasan",
    about="Produksi, sortir, pelipatan, pengepakan, dan pemusnahan: tempat, tanggal, yang diperiksa, yang cacat.",
    area=AREA,
    day="seen_on",
    name="place",
    columns=(
        Column(
            "activity",
            "Kegiatan",
            Form.CHOICE,
            required=True,
            choices=ACTIVITIES,
            in_list=True,
            is_filter=True,
        ),
        Column(
            "goods",
            "Jenis",
            Form.CHOICE,
            required=True,
            choices=goods_choices(with_all=True),
            in_list=True,
            is_filter=True,
        ),
        Column("place", "Tempat", required=True, most=160, in_list=True),
        Column("seen_on", "Tanggal pengawasan", Form.DAY, required=True, in_list=True),
        Column("checked_count", "Diperiksa", Form.COUNT, in_list=True),
        Column("faulty_count", "Cacat atau rusak", Form.COUNT, in_list=True, at_most="checked_count"),
        Column("findings", "Temuan", Form.LONG, most=1000),
    ),
)

PROBLEMS_BOOK = Register(
    key="kendala-logistik",
    subject="logistics_problem",
    action="logistics:problem",
    model=LogisticsProblem,
    title="Kekurangan dan kendala logistik",
    one="kendala logistik",
    about="Yang kurang, rusak, terlambat, atau salah kirim: siapa menanganinya, dan sudah berapa hari kerja.",
    area=AREA,
    levels=EVERY_LEVEL,
    day="known_on",
    name="about",
    flow=PROBLEM_FLOW,
    columns=(
        Column(
            "problem", "Kendala", Form.CHOICE, required=True, choices=PROBLEMS, in_list=True, is_filter=True
        ),
        Column(
            "goods",
            "Jenis",
            Form.CHOICE,
            required=True,
            choices=goods_choices(with_all=True),
            in_list=True,
            is_filter=True,
        ),
        Column("about", "Uraian", Form.LONG, required=True, most=1000),
        Column("missing_count", "Jumlah yang kurang atau rusak", Form.COUNT, in_list=True),
        Column("station", "TPS", most=20, hint="Nomor atau sebutannya, bila hanya satu TPS."),
        Column("known_on", "Tanggal diketahui", Form.DAY, required=True, in_list=True),
        Column("owner", "Penanggung jawab", most=120, in_list=True, hint="Instansi atau jabatannya."),
        Column("due_on", "Sasaran", Form.DAY, may_be_ahead=True, in_list=True),
    ),
)

READINESS_BOOK = Register(
    key="kelengkapan-logistik",
    subject="logistics_readiness",
    action="logistics:readiness",
    model=LogisticsReadiness,
    title="Kelengkapan logistik kabupaten/kota",
    one="kelengkapan",
    about="Pernyataan setiap kabupaten/kota: lengkap, dalam proses, atau belum, sejak kapan, dan cukup tidaknya.",
    area=AREA,
    levels=frozenset({Level.REGENCY}),
    day="told_on",
    name="readiness",
    check=check_readiness,
    once_per=("told_on",),
    columns=(
        Column(
            "readiness",
            "Kelengkapan",
            Form.CHOICE,
            required=True,
            choices=READINESS,
            in_list=True,
            is_filter=True,
        ),
        Column("complete_on", "Lengkap sejak", Form.DAY, in_list=True),
        Column("adequacy", "Kecukupan", Form.CHOICE, choices=ADEQUACY, in_list=True, is_filter=True),
        Column("told_on", "Dinyatakan pada", Form.DAY, required=True, in_list=True),
        SOURCE,
    ),
)

TARGETS = Register(
    key="sasaran-logistik",
    subject="logistics_target",
    action="logistics:target",
    model=LogisticsTarget,
    title="Sasaran logistik",
    one="sasaran",
    about="Kapan logistik harus sudah sampai di setiap tingkat.",
    area=AREA,
    day="due_on",
    name="reach",
    once_per=("reach",),
    columns=(
        Column("reach", "Tingkat", Form.CHOICE, required=True, choices=REACHES, in_list=True, is_filter=True),
        Column("due_on", "Paling lambat", Form.DAY, required=True, may_be_ahead=True, in_list=True),
        SOURCE,
    ),
)

SUPPORT = Register(
    key="dukungan-distribusi",
    subject="logistics_support",
    action="logistics:support",
    model=LogisticsSupport,
    title="Dukungan distribusi logistik",
    one="dukungan",
    about="Yang diberikan pemerintah daerah kepada KPU untuk mencapai tempat yang jauh atau terpencil.",
    area=AREA,
    levels=EVERY_LEVEL,
    day="given_on",
    name="about",
    columns=(
        Column(
            "support", "Dukungan", Form.CHOICE, required=True, choices=SUPPORTS, in_list=True, is_filter=True
        ),
        Column("receiver", "Kepada", required=True, most=120, in_list=True, hint="Misalnya KPU kabupaten."),
        Column("places", "Tempat yang dicapai", required=True, most=300, in_list=True),
        Column("given_on", "Tanggal diberikan", Form.DAY, in_list=True),
        Column("units_given", "Banyaknya", Form.COUNT, hint="Kendaraan, perahu, atau orang."),
        Column("about", "Uraian", Form.LONG, required=True, most=600),
        SOURCE,
    ),
)
