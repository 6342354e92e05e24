# ruff: noqa: E501
"""Thirty messages as people write them, invented, with what each says."""

import datetime as dt

from liaison.domain.messages import PhoneOwner
from liaison.domain.patients import Sex

H, W, CHILD, PARENT = PhoneOwner.HUSBAND, PhoneOwner.WIFE, PhoneOwner.CHILD, PhoneOwner.PARENT


def day(month, number, year=2026):
    return dt.date(year, month, number)


MESSAGES = {
    "a husband for his wife": (
        "Istri saya Suyanti 46th Medan mau kontrol jantung ke Penang tgl 28, AIA, wa saya 0812-3456-7890",
        {
            "full_name": "Suyanti",
            "age_said": "46th",
            "sex": Sex.F,
            "city": "Medan",
            "destination_city": "Penang",
            "planned_on": day(11, 28),
            "insurer_id": 2,
            "phone": "+62 812-3456-7890",
            "phone_owner": H,
            "need": "kontrol jantung",
        },
    ),
    "a husband who says his own name": (
        "assalamualaikum bu sy rudi suami siti nurhaliza medan, istri 46th mau kontrol jantung ke penang tgl 28, "
        "asuransi Nusa, wa 0812-3456-7890",
        {
            "full_name": "Siti Nurhaliza",
            "caller_name": "Rudi",
            "age_said": "46th",
            "sex": Sex.F,
            "city": "Medan",
            "destination_city": "Penang",
            "planned_on": day(11, 28),
            "insurer_id": 3,
            "phone": "+62 812-3456-7890",
            "phone_owner": H,
            "need": "kontrol jantung",
        },
    ),
    "two numbers, the mother's first": (
        "Pagi bu Ayu, mama sy mau berobat ke Gleneagles penang. Nama: Tan Mei Hwa, 63 thn, tinggal di Pekanbaru. "
        "Hp mama 081234567890, hp saya 0812 9999 8888",
        {
            "full_name": "Tan Mei Hwa",
            "age_said": "63 thn",
            "sex": Sex.F,
            "city": "Pekanbaru",
            "destination_city": "Penang",
            "hospital_id": 4,
            "phone": "+62 812-3456-7890",
            "phone_owner": PhoneOwner.PATIENT,
            "need": "berobat",
        },
    ),
    "a number whose owner stands behind it": (
        "halo kak, bapak saya Parlindungan Siregar usia 58 kena kanker paru, dari Medan rencana kemo di Island "
        "Hospital. bisa dibantu? 0813 7000 1234 (anaknya)",
        {
            "full_name": "Parlindungan Siregar",
            "age_said": "58",
            "sex": Sex.M,
            "city": "Medan",
            "hospital_id": 1,
            "phone": "+62 813-7000-1234",
            "phone_owner": CHILD,
            "need": "kemo",
        },
    ),
    "an English mail with its signature": (
        "Dear Ms Ayu,\n\nMy name is Lina Wijaya and I am writing on behalf of my father, Mr Wijaya Kusuma, 71 years "
        "old, from Surabaya. He needs a knee replacement in Kuala Lumpur on 5 December. He is insured with AIA.\n\n"
        "Best regards,\nLina Wijaya\n+62 811 3456 789\nlina.w@example.com",
        {
            "full_name": "Wijaya Kusuma",
            "caller_name": "Lina Wijaya",
            "age_said": "71 years old",
            "sex": Sex.M,
            "city": "Surabaya",
            "destination_city": "Kuala Lumpur",
            "planned_on": day(12, 5),
            "insurer_id": 2,
            "phone": "+62 811-3456-789",
            "phone_owner": CHILD,
            "email": "lina.w@example.com",
            "need": "knee replacement",
        },
    ),
    "somebody for himself": (
        "Selamat siang, saya Budi Santoso mau MCU di Penang tgl 12 des, dari jkt. wa 08123456789",
        {
            "full_name": "Budi Santoso",
            "city": "Jakarta",
            "destination_city": "Penang",
            "planned_on": day(12, 12),
            "phone": "+62 812-3456-789",
            "phone_owner": PhoneOwner.PATIENT,
            "need": "MCU",
        },
    ),
    "an agent for a client": (
        "Sore min, nasabah saya Pak Hendra Gunawan 55th Surabaya, polis Nusa Proteksi, mau pasang ring di "
        "Gleneagles KL. Saya agen. 0856-4321-8765",
        {
            "full_name": "Hendra Gunawan",
            "age_said": "55th",
            "sex": Sex.M,
            "city": "Surabaya",
            "destination_city": "Kuala Lumpur",
            "hospital_id": 5,
            "insurer_id": 3,
            "phone": "+62 856-4321-8765",
            "phone_owner": PhoneOwner.AGENT,
            "need": "pasang ring",
        },
    ),
    "a line with slashes": (
        "Rina Kusumawati / 39 th / Surabaya / AIA / biopsi payudara / 0812-1111-2222",
        {
            "full_name": "Rina Kusumawati",
            "age_said": "39 th",
            "city": "Surabaya",
            "insurer_id": 2,
            "phone": "+62 812-1111-2222",
        },
    ),
    "all small letters": (
        "suami sy agus prasetyo 49 th sby jatuh, perlu operasi lutut, cepat, bs ke penang besok? telp sy "
        "0813-2222-3333",
        {
            "full_name": "Agus Prasetyo",
            "age_said": "49 th",
            "sex": Sex.M,
            "city": "Surabaya",
            "destination_city": "Penang",
            "planned_on": day(11, 23),
            "phone": "+62 813-2222-3333",
            "phone_owner": W,
            "need": "operasi lutut",
        },
    ),
    "a chat with its header": (
        "[22/11/26 10.31] Dewi: anak sy Kevin 7 th demam trus, mau second opinion ke Singapura tgl 3/12. Kami di "
        "Batam. wa 0811-7777-1234",
        {
            "full_name": "Kevin",
            "caller_name": "Dewi",
            "age_said": "7 th",
            "city": "Batam",
            "destination_city": "Singapore",
            "planned_on": day(12, 3),
            "phone": "+62 811-7777-1234",
            "phone_owner": PARENT,
            "need": "second opinion",
        },
    ),
    "a form filled in": (
        "Nama pasien: SRI WAHYUNI\nTgl lahir: 14/03/1980\nJK: P\nKota: Palembang\nKeluhan: batu ginjal\n"
        "Tujuan: Melaka\nRencana: 10 Januari 2027\nNo HP: 0821-8888-9999 (suami)",
        {
            "full_name": "Sri Wahyuni",
            "birth_date": day(3, 14, 1980),
            "sex": Sex.F,
            "city": "Palembang",
            "destination_city": "Melaka",
            "planned_on": day(1, 10, 2027),
            "phone": "+62 821-8888-9999",
            "phone_owner": H,
            "need": "batu ginjal",
        },
    ),
    "English for oneself": (
        "Hi, I'm Michael Tan from Jakarta, 52 yo. I want to do a heart check up in Penang next Monday. My number is "
        "+62 812 3333 4444, I have AIA insurance",
        {
            "full_name": "Michael Tan",
            "age_said": "52 yo",
            "city": "Jakarta",
            "destination_city": "Penang",
            "planned_on": day(11, 23),
            "insurer_id": 2,
            "phone": "+62 812-3333-4444",
            "phone_owner": PhoneOwner.PATIENT,
            "need": "heart check up",
        },
    ),
    "a sister": (
        "Bu, adik saya Yohana mau lahiran di Kuching. Kami dr Pontianak. Tlg hub 0852 4567 8901 ya",
        {
            "full_name": "Yohana",
            "city": "Pontianak",
            "destination_city": "Kuching",
            "phone": "+62 852-4567-8901",
            "phone_owner": PhoneOwner.SIBLING,
            "need": "lahiran",
        },
    ),
    "on behalf of": (
        "Pasien atas nama Zulkifli Harahap umur 67, tumor otak, minta estimasi biaya Island Hospital Penang. dari "
        "Banda Aceh. CP anaknya Fitri 0853-6000-7000",
        {
            "full_name": "Zulkifli Harahap",
            "age_said": "67",
            "city": "Banda Aceh",
            "hospital_id": 1,
            "destination_city": "Penang",
            "phone": "+62 853-6000-7000",
            "phone_owner": CHILD,
        },
    ),
    "a grandmother without a name": (
        "permisi kak mau tanya dokter jantung yg bagus di penang. utk nenek sy 80thn, pny polis nusa, tinggal jogja "
        "081390001122",
        {
            "age_said": "80thn",
            "sex": Sex.F,
            "city": "Yogyakarta",
            "destination_city": "Penang",
            "insurer_id": 3,
            "phone": "+62 813-9000-1122",
            "phone_owner": PhoneOwner.FAMILY,
            "need": "dokter jantung",
        },
    ),
    "a daughter, both with names": (
        "Met sore kak, sy Fitri dr Padang. Papa sy Syahrul 64th stroke 2 bln lalu, mau terapi ke Melaka tgl 5 des. Asuransi AIA. Bs dihub ke 0812-7777-0001",
        {
            "full_name": "Syahrul",
            "caller_name": "Fitri",
            "age_said": "64th",
            "sex": Sex.M,
            "city": "Padang",
            "destination_city": "Melaka",
            "planned_on": day(12, 5),
            "insurer_id": 2,
            "phone": "+62 812-7777-0001",
            "phone_owner": CHILD,
            "need": "terapi",
        },
    ),
    "a doctor's office for a patient": (
        "Pak tolong dibantu pasien an. Linda Kosasih, usia 51 thn, Ca mammae, rencana operasi di Gleneagles Penang tgl 30 November. Domisili Bandung. Asuransi Nusa Proteksi. Kontak suaminya pak Herman 0811 222 3344",
        {
            "full_name": "Linda Kosasih",
            "age_said": "51 thn",
            "city": "Bandung",
            "destination_city": "Penang",
            "planned_on": day(11, 30),
            "hospital_id": 4,
            "insurer_id": 3,
            "phone": "+62 811-2223-344",
            "phone_owner": H,
            "need": "operasi",
        },
    ),
    "a question for a mother": (
        "mau tanya kak utk kontrol mata di penang brp ya? utk ibu saya Ny. Halimah umur 70, dari Langsa. Makasih",
        {
            "full_name": "Halimah",
            "age_said": "70",
            "sex": Sex.F,
            "city": "Langsa",
            "destination_city": "Penang",
            "need": "kontrol mata",
        },
    ),
    "an English father for his son": (
        "Good afternoon. This is Robert Tanuwijaya. My son Jason (9 yo) needs an ENT specialist in Singapore. We are from Semarang. Please call +62 815 1234 5678. Thanks",
        {
            "full_name": "Jason",
            "caller_name": "Robert Tanuwijaya",
            "age_said": "9 yo",
            "sex": Sex.M,
            "city": "Semarang",
            "destination_city": "Singapore",
            "phone": "+62 815-1234-5678",
            "phone_owner": PARENT,
            "need": "ENT specialist",
        },
    ),
    "a Balinese name": (
        "Suami saya I Gusti Ngurah Bagus mau kontrol jantung lagi di KL, kami di Denpasar, hp suami 0813 3333 2222",
        {
            "full_name": "I Gusti Ngurah Bagus",
            "sex": Sex.M,
            "city": "Denpasar",
            "destination_city": "Kuala Lumpur",
            "phone": "+62 813-3333-2222",
            "phone_owner": PhoneOwner.PATIENT,
            "need": "kontrol jantung lagi",
        },
    ),
    "a younger brother in an accident": (
        "bu ayu, adek sy namanya Rahmat hidayat 23 thn kecelakaan di Batam skrg di RS, butuh evakuasi ke JB secepatnya. sy Yusuf kakaknya 0821 6666 1111",
        {
            "full_name": "Rahmat hidayat",
            "caller_name": "Yusuf",
            "age_said": "23 thn",
            "city": "Batam",
            "destination_city": "Johor Bahru",
            "phone": "+62 821-6666-1111",
            "phone_owner": PhoneOwner.SIBLING,
            "need": "evakuasi",
        },
    ),
    "a form with two numbers": (
        "Nama : Tn. Sugeng Riyadi\nUmur : 66 thn\nAlamat : Surabaya\nNo. Telp : 031-5678901 / 0812 3030 4040\nKeluhan : nyeri lutut kanan\nRS tujuan : Island Hospital\nTgl rencana : 15/12/2026\nAsuransi : AIA",
        {
            "full_name": "Sugeng Riyadi",
            "age_said": "66 thn",
            "sex": Sex.M,
            "city": "Surabaya",
            "phone": "+62 31 5678901",
            "need": "nyeri lutut kanan",
            "hospital_id": 1,
            "planned_on": day(12, 15),
            "insurer_id": 2,
        },
    ),
    "a wife in English": (
        "Hello, my husband Andi Wijaya, 60 years old, has been diagnosed with prostate cancer. We live in Makassar and are planning to come to Penang in December. My whatsapp is +6281122334455. Regards, Maria",
        {
            "full_name": "Andi Wijaya",
            "caller_name": "Maria",
            "age_said": "60 years old",
            "sex": Sex.M,
            "city": "Makassar",
            "destination_city": "Penang",
            "phone": "+62 811-2233-4455",
            "phone_owner": W,
            "need": "prostate cancer",
        },
    ),
    "for himself and his wife": (
        "sore min saya mau daftar mcu buat saya dan istri di penang tgl 20. nama saya Hartono, 0857-1111-0000, dari Solo",
        {
            "full_name": "Hartono",
            "city": "Surakarta",
            "destination_city": "Penang",
            "planned_on": day(12, 20),
            "phone": "+62 857-1111-0000",
            "phone_owner": PhoneOwner.PATIENT,
            "need": "daftar mcu",
        },
    ),
    "a daughter with her sex": (
        "Kak, anak perempuan saya Nabila 12th skoliosis, dr Palembang. bisa konsul ke Gleneagles KL ga? wa 0811-7100-200",
        {
            "full_name": "Nabila",
            "age_said": "12th",
            "sex": Sex.F,
            "city": "Palembang",
            "destination_city": "Kuala Lumpur",
            "hospital_id": 5,
            "phone": "+62 811-7100-200",
            "phone_owner": PARENT,
        },
    ),
    "an agent who signs": (
        "Fwd: klien kami Bpk. Dharma Putra (58), pemegang polis Nusa Proteksi, ingin second opinion jantung di Kuala Lumpur. Mohon estimasi. Salam, Yenny - Agency Manager, 0816-555-777",
        {
            "full_name": "Dharma Putra",
            "age_said": "58",
            "caller_name": "Yenny",
            "sex": Sex.M,
            "destination_city": "Kuala Lumpur",
            "insurer_id": 3,
            "phone": "+62 816-555-777",
            "phone_owner": PhoneOwner.AGENT,
            "need": "second opinion jantung",
        },
    ),
    "a father-in-law with a title": (
        "dok, bpk mertua sy H. Abdul Rahman 73 tahun sesak nafas, rumah di Banda Aceh, pengen periksa ke penang bln depan. 085260001234 (Siti)",
        {
            "full_name": "Abdul Rahman",
            "age_said": "73 tahun",
            "sex": Sex.M,
            "city": "Banda Aceh",
            "destination_city": "Penang",
            "phone": "+62 852-6000-1234",
            "phone_owner": PhoneOwner.FAMILY,
            "need": "periksa",
        },
    ),
    "a line in capitals": (
        "URGENT - Lim Swee Hong, F, 68, Medan, hip fracture, wants transfer to Island Hospital tomorrow. Daughter: 0811-600-7788",
        {
            "full_name": "Lim Swee Hong",
            "city": "Medan",
            "hospital_id": 1,
            "planned_on": day(11, 23),
            "phone": "+62 811-6007-788",
            "phone_owner": CHILD,
            "need": "transfer",
            "sex": Sex.F,
        },
    ),
    "somebody in pain": (
        "Saya sakit pinggang sudah 3 tahun, mau operasi saraf kejepit di Melaka. Nama Agustina, umur saya 47, tinggal di Jambi, no wa 0823 7777 6666",
        {
            "full_name": "Agustina",
            "age_said": "47",
            "city": "Jambi",
            "destination_city": "Melaka",
            "phone": "+62 823-7777-6666",
            "phone_owner": PhoneOwner.PATIENT,
            "need": "operasi saraf kejepit",
        },
    ),
    "a friend, in a chat's header": (
        "[22/11/2026, 09.12.33] Pak Joko: pagi, teman saya Wawan di Balikpapan kena batu ginjal, 44 th, mau ke Penang tgl 2. no nya 0811 5900 800",
        {
            "full_name": "Wawan",
            "caller_name": "Pak Joko",
            "age_said": "44 th",
            "city": "Balikpapan",
            "destination_city": "Penang",
            "planned_on": day(12, 2),
            "phone": "+62 811-5900-800",
            "need": "kena batu ginjal",
            "phone_owner": PhoneOwner.PATIENT,
        },
    ),
}
